internal import Commerce

/// `sellers[n]`
enum SellerReader {
    private static let keys = [
        "id", "name", "vatId", "street", "postalCode", "city", "country", "timeZone", "email", "phone", "contact", "iban", "invoicePrefix",
    ]

    static func read(_ value: ValueReader) -> (ObjectReader, Seller?)? {
        guard let object = value.object(keys) else { return nil }
        let id = object.text("id", required: true, .id)
        let name = object.text("name", required: true, .line)
        let vatID = object.text("vatId", .line)
        let street = object.text("street", required: true, .line)
        let postalCode = object.text("postalCode", required: true, .line)
        let city = object.text("city", required: true, .line)
        let country = object.text("country", required: true, .country)
        let timeZone = object.text("timeZone", .timeZone) ?? "UTC"
        let email = object.text("email", .email)
        let phone = object.text("phone", .line)
        let contact = object.text("contact", .line)
        let iban = object.text("iban", .iban)
        guard let prefix = object.text("invoicePrefix", required: true, .invoicePrefix),
            let id, let name, let street, let postalCode, let city, let country
        else { return (object, nil) }
        let seller = Seller(
            id: id,
            name: name,
            vatID: vatID,
            street: street,
            postalCode: postalCode,
            city: city,
            country: country,
            timeZone: timeZone,
            email: email,
            phone: phone,
            contact: contact,
            iban: iban,
            invoicePrefix: prefix
        )
        return (object, seller)
    }
}
