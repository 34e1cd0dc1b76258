internal import Commerce

/// A postal address of any kind.
struct UBLPlace {
    var street: String
    var postalCode: String
    var city: String
    var country: String

    init(_ party: InvoiceParty) {
        (street, postalCode, city, country) = (party.street, party.postalCode, party.city, party.country)
    }

    init(_ address: Address) {
        (street, postalCode, city, country) = (address.street, address.postalCode, address.city, address.country)
    }
}

extension UBLInvoice {
    static func writeSeller(_ seller: InvoiceParty, _ context: UBLContext, to xml: inout XMLWriter) {
        writeEndpoint(seller.email, to: &xml)  // BT-34
        let number = TaxNumber(seller.vatID)
        if context.isOutsideTax || number?.isVATID != true {
            xml.group("cac:PartyIdentification") { $0.element("cbc:ID", context.series) }  // BT-29
        }
        xml.group("cac:PostalAddress") { writePlace(UBLPlace(seller), to: &$0) }  // BG-5
        if let number, !context.isOutsideTax { writeTaxScheme(number, to: &xml) }  // BT-31 or BT-32
        writeLegalEntity(seller, to: &xml)  // BT-27
        writeContact(seller, to: &xml)  // BG-6
    }

    static func writeBuyer(_ buyer: InvoiceParty, _ context: UBLContext, to xml: inout XMLWriter) {
        writeEndpoint(buyer.email, to: &xml)  // BT-49
        let number = TaxNumber(buyer.vatID)
        if let number, context.isOutsideTax || !number.isVATID {
            xml.group("cac:PartyIdentification") { $0.element("cbc:ID", number.text) }  // BT-46
        }
        xml.group("cac:PostalAddress") { writePlace(UBLPlace(buyer), to: &$0) }  // BG-8
        if let number, number.isVATID, !context.isOutsideTax { writeTaxScheme(number, to: &xml) }  // BT-48
        writeLegalEntity(buyer, to: &xml)  // BT-44
        writeContact(buyer, to: &xml)  // BG-9
    }

    static func writePlace(_ place: UBLPlace, to xml: inout XMLWriter) {
        xml.element("cbc:StreetName", ifPresent: place.street)
        xml.element("cbc:CityName", ifPresent: place.city)
        xml.element("cbc:PostalZone", ifPresent: place.postalCode)
        xml.group("cac:Country") { $0.element("cbc:IdentificationCode", place.country) }
    }

    /// An electronic address of scheme EM: electronic mail.
    private static func writeEndpoint(_ email: String?, to xml: inout XMLWriter) {
        guard let email, !email.isBlank else { return }
        xml.element("cbc:EndpointID", email, attribute: "schemeID", "EM")
    }

    /// A number that is no VAT id goes under another scheme's name, which makes it BT-32.
    private static func writeTaxScheme(_ number: TaxNumber, to xml: inout XMLWriter) {
        xml.group("cac:PartyTaxScheme") { xml in
            xml.element("cbc:CompanyID", number.text)
            xml.group("cac:TaxScheme") { $0.element("cbc:ID", number.isVATID ? "VAT" : "TAX") }
        }
    }

    private static func writeLegalEntity(_ party: InvoiceParty, to xml: inout XMLWriter) {
        xml.group("cac:PartyLegalEntity") { $0.element("cbc:RegistrationName", party.name.or("-")) }
    }

    private static func writeContact(_ party: InvoiceParty, to xml: inout XMLWriter) {
        let fields = [party.contact, party.phone, party.email]
        guard fields.contains(where: { !($0 ?? "").isBlank }) else { return }
        xml.group("cac:Contact") { xml in
            xml.element("cbc:Name", ifPresent: party.contact)
            xml.element("cbc:Telephone", ifPresent: party.phone)
            xml.element("cbc:ElectronicMail", ifPresent: party.email)
        }
    }
}
