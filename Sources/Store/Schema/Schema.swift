package import Postgres

/// The database's schema: the migrations of `ops/migrations`, compiled in.
package enum Schema {
    package static let migrations: [(name: String, content: [UInt8])] = [
        ("0001_network.sql", PackageResources._001_network_sql),
        ("0002_orders.sql", PackageResources._002_orders_sql),
        ("0003_stock.sql", PackageResources._003_stock_sql),
        ("0004_fulfillment.sql", PackageResources._004_fulfillment_sql),
        ("0005_invoicing.sql", PackageResources._005_invoicing_sql),
        ("0006_messaging.sql", PackageResources._006_messaging_sql),
        ("0007_privileges.sql", PackageResources._007_privileges_sql),
        ("0008_settings.sql", PackageResources._008_settings_sql),
        ("0009_leases.sql", PackageResources._009_leases_sql),
        ("0010_blocks.sql", PackageResources._010_blocks_sql),
        ("0011_holds.sql", PackageResources._011_holds_sql),
        ("0012_storefronts.sql", PackageResources._012_storefronts_sql),
        ("0013_postal_codes.sql", PackageResources._013_postal_codes_sql),
        ("0014_stores.sql", PackageResources._014_stores_sql),
        ("0015_expected.sql", PackageResources._015_expected_sql),
        ("0016_capacity.sql", PackageResources._016_capacity_sql),
        ("0017_decisions.sql", PackageResources._017_decisions_sql),
        ("0018_sights.sql", PackageResources._018_sights_sql),
        ("0019_delivery.sql", PackageResources._019_delivery_sql),
        ("0020_promises.sql", PackageResources._020_promises_sql),
        ("0021_capacity_days.sql", PackageResources._021_capacity_days_sql),
        ("0022_reliability_feeds.sql", PackageResources._022_reliability_feeds_sql),
        ("0023_counts.sql", PackageResources._023_counts_sql),
        ("0024_promise_words.sql", PackageResources._024_promise_words_sql),
    ]

    /// - Throws: `MigrationError`, which a test of ours would have seen before.
    package static func migrator() throws -> Migrator { try Migrator(files: migrations) }
}
