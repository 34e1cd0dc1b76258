extension Location {
    /// Where goods go that a customer collects there. What the network does not say of a place is told by its name.
    package var pickupAddress: Address {
        Address(
            name: name,
            street: street ?? name,
            postalCode: postalCode ?? "",
            city: city ?? name,
            country: country,
            coordinates: coordinates
        )
    }
}
