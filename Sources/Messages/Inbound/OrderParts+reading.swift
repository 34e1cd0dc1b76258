internal import Commerce

private enum AddressField: String, FieldName {
    case name, street, postalCode, city, country, region, latitude, longitude
    static let names = FieldNames<Self>()
}

private enum OrderLineField: String, FieldName {
    case lineId, sku, name, quantity, unitPrice, taxRate, taxCategory, attributes, weightGrams, location
    static let names = FieldNames<Self>()
}

private enum ShippingField: String, FieldName {
    case method, price, taxRate, pickupLocation
    static let names = FieldNames<Self>()
}

private enum DiscountField: String, FieldName {
    case name, amount, lineId
    static let names = FieldNames<Self>()
}

private enum OrderPaymentField: String, FieldName {
    case paymentId, method, status, amount
    static let names = FieldNames<Self>()
}

/// The parts of `order.placed`.
extension JSONReader {
    mutating func address() throws(MessageRefusal) -> Address {
        var addressee: String?
        var street: String?
        var postalCode: String?
        var city: String?
        var country: String?
        var region: String?
        var latitude: Double?
        var longitude: Double?
        var object = try beginObject()
        while let field = try nextField(AddressField.names, &object) {
            switch field {
            case .name: addressee = try name()
            case .street: street = try text(1...200)
            case .postalCode: postalCode = try text(0...20)
            case .city: city = try text(1...200)
            case .country: country = try self.country()
            case .region: region = try text(1...64)
            case .latitude: latitude = try double(-90...90)
            case .longitude: longitude = try double(-180...180)
            }
        }
        return Address(
            name: try required(addressee, "name"),
            street: try required(street, "street"),
            postalCode: try required(postalCode, "postalCode"),
            city: try required(city, "city"),
            country: try required(country, "country"),
            region: region,
            coordinates: try coordinates(latitude, longitude)
        )
    }

    /// Both or none.
    func coordinates(_ latitude: Double?, _ longitude: Double?) throws(MessageRefusal) -> Coordinates? {
        guard latitude != nil || longitude != nil else { return nil }
        return Coordinates(latitude: try required(latitude, "latitude"), longitude: try required(longitude, "longitude"))
    }

    mutating func orderLines() throws(MessageRefusal) -> [OrderLine] {
        try uniqueList(1...Self.maximumLines, idName: "lineId") { reader throws(MessageRefusal) in
            try reader.orderLine()
        } id: {
            $0.lineID
        }
    }

    private mutating func orderLine() throws(MessageRefusal) -> OrderLine {
        var lineID: String?
        var sku: String?
        var lineName: String?
        var quantity: Int64?
        var unitPrice: Int64?
        var taxRate: TaxRate?
        var taxCategory: TaxCategory?
        var attributes: [String: String] = [:]
        var weightGrams: Int64?
        var location: String?
        var object = try beginObject()
        while let field = try nextField(OrderLineField.names, &object) {
            switch field {
            case .lineId: lineID = try id()
            case .sku: sku = try id()
            case .name: lineName = try name()
            case .quantity: quantity = try self.quantity()
            case .unitPrice: unitPrice = try price()
            case .taxRate: taxRate = try self.taxRate()
            case .taxCategory: taxCategory = try choice(TaxCategory.self)
            case .attributes: attributes = try self.attributes()
            case .weightGrams: weightGrams = try integer(0...1_000_000_000)
            case .location: location = try token()
            }
        }
        let rate = try required(taxRate, "taxRate")
        return OrderLine(
            lineID: try required(lineID, "lineId"),
            sku: try required(sku, "sku"),
            name: try required(lineName, "name"),
            quantity: try required(quantity, "quantity"),
            unitPrice: try required(unitPrice, "unitPrice"),
            taxRate: rate,
            // Above 0 the default is `S`: said or not said, it is the same.
            taxCategory: taxCategory == .standard && rate > .zero ? nil : taxCategory,
            attributes: attributes,
            weightGrams: weightGrams,
            location: location
        )
    }

    /// An object of texts: at most 100 of them, keys of 1 to 64 and values of 0 to 500 characters, without control characters.
    mutating func attributes() throws(MessageRefusal) -> [String: String] {
        var attributes: [String: String] = [:]
        var object = try beginObject()
        while let key = try nextKey(&object) {
            guard (1...64).contains(key.scalars), !key.hasControl else {
                throw invalidField("has a name that is not 1 to 64 characters without control characters")
            }
            guard attributes.count < 100 else { throw invalidField("is one more than the 100 that are allowed") }
            let name = text(of: key)
            // Two spellings of one letter are different bytes, yet one key to a Swift dictionary.
            guard attributes[name] == nil else {
                throw invalidField("has the same name as another attribute, spelled with other code points")
            }
            attributes[name] = try text(0...500)
        }
        return attributes
    }

    mutating func shippingCharge() throws(MessageRefusal) -> ShippingCharge {
        var method: String?
        var price: Int64?
        var taxRate: TaxRate?
        var pickupLocation: String?
        var object = try beginObject()
        while let field = try nextField(ShippingField.names, &object) {
            switch field {
            case .method: method = try id()
            case .price: price = try self.price()
            case .taxRate: taxRate = try self.taxRate()
            case .pickupLocation: pickupLocation = try token()
            }
        }
        return ShippingCharge(
            method: try required(method, "method"),
            price: try required(price, "price"),
            taxRate: try required(taxRate, "taxRate"),
            pickupLocation: pickupLocation
        )
    }

    mutating func discounts() throws(MessageRefusal) -> [Discount] {
        try list(0...Self.maximumLines) { reader throws(MessageRefusal) in
            var discountName: String?
            var amount: Int64?
            var lineID: String?
            var object = try reader.beginObject()
            while let field = try reader.nextField(DiscountField.names, &object) {
                switch field {
                case .name: discountName = try reader.name()
                case .amount: amount = try reader.total()
                case .lineId: lineID = try reader.id()
                }
            }
            return Discount(
                name: try reader.required(discountName, "name"),
                amount: try reader.required(amount, "amount"),
                lineID: lineID
            )
        }
    }

    mutating func payments() throws(MessageRefusal) -> [OrderPayment] {
        try uniqueList(0...100, idName: "paymentId") { reader throws(MessageRefusal) in
            var paymentID: String?
            var method: String?
            var status: OrderPayment.Status?
            var amount: Int64?
            var object = try reader.beginObject()
            while let field = try reader.nextField(OrderPaymentField.names, &object) {
                switch field {
                case .paymentId: paymentID = try reader.id()
                case .method: method = try reader.id()
                case .status: status = try reader.choice(OrderPayment.Status.self)
                case .amount: amount = try reader.total()
                }
            }
            return OrderPayment(
                paymentID: try reader.required(paymentID, "paymentId"),
                method: try reader.required(method, "method"),
                status: try reader.required(status, "status"),
                amount: try reader.required(amount, "amount")
            )
        } id: {
            $0.paymentID
        }
    }
}
