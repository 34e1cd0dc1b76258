package import Commerce

extension Network {
    /// This network as the text of a network file, for `oms network apply`: flow style, every text in double quotes.
    package var yaml: String {
        let sellers = sellers.map { seller in
            Self.entry([
                ("id", .text(seller.id)), ("name", .text(seller.name)), ("vatId", .optional(seller.vatID)),
                ("street", .text(seller.street)),
                ("postalCode", .text(seller.postalCode)), ("city", .text(seller.city)), ("country", .text(seller.country)),
                ("timeZone", .text(seller.timeZone)), ("email", .optional(seller.email)), ("phone", .optional(seller.phone)),
                ("contact", .optional(seller.contact)), ("iban", .optional(seller.iban)), ("invoicePrefix", .text(seller.invoicePrefix)),
            ])
        }
        let channels = channels.map { channel in
            Self.entry([
                ("id", .text(channel.id)), ("seller", .text(channel.seller)), ("currency", .text(channel.currency)),
                ("locale", .text(channel.locale)), ("timeZone", .text(channel.timeZone)), ("invoice", .text(channel.invoice.rawValue)),
                ("invoiceMail", .text(channel.invoiceMail.rawValue)), ("senderEmail", .optional(channel.senderEmail)),
            ])
        }
        let suppliers = suppliers.map { supplier in
            Self.entry([
                ("id", .text(supplier.id)), ("name", .text(supplier.name)), ("priority", .number(supplier.priority)),
                ("feedIntervalMinutes", .number(supplier.feedIntervalMinutes)),
            ])
        }
        let locations = locations.map { location in
            Self.entry([
                ("location", .text(location.id)), ("supplier", .optional(location.supplier)), ("kind", .text(location.kind.rawValue)),
                ("name", .text(location.name)), ("street", .optional(location.street)), ("postalCode", .optional(location.postalCode)),
                ("city", .optional(location.city)), ("country", .text(location.country)), ("timeZone", .text(location.timeZone)),
                ("latitude", .degrees(location.coordinates?.latitude)), ("longitude", .degrees(location.coordinates?.longitude)),
                ("priority", .number(location.priority)), ("dailyCapacity", .number(location.dailyCapacity)),
                ("leadTimeHours", .number(location.leadTimeHours)), ("parcelCost", .number(location.parcelCost)),
                ("queue", .flag(location.queue)), ("active", .flag(location.active)),
            ])
        }
        return [("sellers", sellers), ("channels", channels), ("suppliers", suppliers), ("locations", locations)]
            .map { name, entries in entries.isEmpty ? "\(name): []\n" : "\(name):\n" + entries.joined() }
            .joined() + "rules: []\n"
    }

    private enum Field {
        case text(String)
        case optional(String?)
        case number(Int64?)
        case degrees(Double?)
        case flag(Bool)

        /// `nil` leaves the key out.
        var yaml: String? {
            switch self {
            case .text(let text): Self.quoted(text)
            case .optional(let text): text.map(Self.quoted)
            case .number(let number): number.map(String.init)
            case .degrees(let degrees): degrees.map(\.description)
            case .flag(let flag): flag ? "true" : "false"
            }
        }

        private static func quoted(_ text: String) -> String {
            "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
        }
    }

    private static func entry(_ fields: [(String, Field)]) -> String {
        "  - { " + fields.compactMap { name, field in field.yaml.map { "\(name): \($0)" } }.joined(separator: ", ") + " }\n"
    }
}
