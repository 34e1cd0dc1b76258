/// What the demo's scenes add to the demo shop's network: a channel whose agents look at orders, a supplier that owes an hourly feed, and
/// two warehouses of their own, so that the scenes and the day do not get in each other's way.
package enum SceneNetwork {
    package static let channel = "desk-de"
    /// Drop-ships, comes first by the rules, and owes a count every hour.
    package static let supplier = "vie-d"
    package static let first = "cgn-1"
    package static let second = "lej-1"

    /// Missed intervals after which the supplier drops out.
    package static let dropAfterMisses = 4

    /// For `oms network apply`, after the demo shop's network.
    package static let yaml = """
        channels:
          - { id: desk-de, seller: hanse, currency: EUR, locale: de-DE, timeZone: Europe/Berlin, senderEmail: desk@hanse.example }
        suppliers:
          - { id: lumen-wien, name: Lumen Wien, priority: 10, feedIntervalMinutes: 60 }
        locations:
          - { location: vie-d, supplier: lumen-wien, kind: supplier, name: Lumen Wien, postalCode: "1010", city: Wien, country: AT,
              timeZone: Europe/Vienna, latitude: 48.21, longitude: 16.37, priority: 10 }
          - { location: cgn-1, kind: warehouse, name: Lager Köln, postalCode: "50667", city: Köln, country: DE,
              timeZone: Europe/Berlin, latitude: 50.94, longitude: 6.96, priority: 20 }
          - { location: lej-1, kind: warehouse, name: Lager Leipzig, postalCode: "04109", city: Leipzig, country: DE,
              timeZone: Europe/Berlin, latitude: 51.34, longitude: 12.37, priority: 30 }
        freshness: { bufferPercentPerMiss: 10, dropAfterMisses: \(dropAfterMisses) }
        fulfillment: { maximumRounds: 2 }
        rules:
          - id: supplier-first
            when: { channels: desk-de }
            objective: [parcels, locationPriority]

        """

    /// A change of the rules to rehearse: what is nearest the customer ships, whoever it is.
    package static let rehearsedYAML = """
        rules:
          - id: nearest-first
            when: { channels: desk-de }
            objective: [parcels, distance]

        """
}
