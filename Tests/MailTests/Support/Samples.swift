import Foundation
import Mail

/// A mail to begin with; its id is unique.
func sampleMail(to recipient: String = "ada@example.com") -> MailMessage {
    MailMessage(
        from: Mailbox(name: "Shop", address: "shop@example.com"),
        to: [Mailbox(name: "Ada Lovelace", address: recipient)],
        subject: "Your order",
        text: "Hello\n",
        messageID: "\(UUID().uuidString.lowercased())@example.com",
        date: 1_795_342_500_000_000
    )
}

/// Texts that have broken mail programs before.
let nastyTexts: [String] = [
    "Bestellung für Ödön Ångström",
    "🙂👨‍👩‍👧‍👦🏴󠁧󠁢󠁷󠁬󠁳󠁿 emoji, joined and flagged",
    "שלום עולם مرحبا بالعالم",
    "漢字かな交じり文の件名はとても長くて一行には収まらないので折り返されます。漢字かな交じり文の件名",
    "  leading, trailing and  double spaces  ",
    "=?UTF-8?B?c3Bvb2Y=?= looks encoded already",
    "quotes \" and \\ and <angle@brackets.example> and, commas; semicolons: colons",
    String(repeating: "a-very-long-word-without-any-space-", count: 40),
    String(repeating: "many short words ", count: 60),
    "e\u{301}" + String(repeating: "\u{316}", count: 200) + " a letter with 200 accents",
    "question? equals= underscore_ plus+",
    "",
]
