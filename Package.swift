// swift-tools-version: 6.2
import PackageDescription

/// The strict settings every target of ours is built with. `NonisolatedNonsendingByDefault` keeps an async
/// function on its caller's actor, which is what lets a driver's methods stay on the thread of their connection.
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

let log = Target.Dependency.product(name: "Logging", package: "swift-log")
let metrics = Target.Dependency.product(name: "Metrics", package: "swift-metrics")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let deque = Target.Dependency.product(name: "DequeModule", package: "swift-collections")
let signals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let configuration = Target.Dependency.product(name: "Configuration", package: "swift-configuration")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

func module(_ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = [], resources: [Resource] = []) -> Target {
    .target(name: name, dependencies: dependencies, exclude: exclude, resources: resources, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []) -> Target {
    .testTarget(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: strict)
}

/// The SQL migrations of `ops/migrations`, compiled into the binary so that `oms migrate` needs no files beside it.
let migrations: [Resource] = [
    "0001_network", "0002_orders", "0003_stock", "0004_fulfillment", "0005_invoicing", "0006_messaging", "0007_privileges",
    "0008_settings", "0009_leases", "0010_blocks", "0011_holds", "0012_storefronts", "0013_postal_codes", "0014_stores",
    "0015_expected", "0016_capacity", "0017_decisions", "0018_sights", "0019_delivery",
    "0020_promises", "0021_capacity_days", "0022_reliability_feeds", "0023_counts", "0024_promise_words",
].map { .embedInCode("Migrations/\($0).sql") }

let libraries: [Target] = [
    .target(name: "CThread"),
    .target(name: "CRabbitMQ", linkerSettings: [.linkedLibrary("rabbitmq")]),
    .systemLibrary(name: "CPostgres", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
    .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
    .systemLibrary(name: "CPangoCairo", pkgConfig: "pangocairo", providers: [.apt(["libpango1.0-dev"])]),
]

/// From the ground up: a module imports only those above it in this list.
let modules: [Target] = [
    module("Commerce"),
    module("Messages", ["Commerce", crypto]),
    module("PinnedExecutor", ["CThread"]),
    module("TradeNetwork", ["Commerce", yams]),
    module("RabbitMQ", ["CRabbitMQ", "PinnedExecutor", log, deque]),
    module("Postgres", ["CPostgres", "PinnedExecutor", crypto, log]),
    module("Mail", ["CCurl", "PinnedExecutor"]),
    module("Documents", ["Commerce", "CPangoCairo", "PinnedExecutor"]),
    module("MailTemplates", ["Commerce", mustache], exclude: ["Templates"]),
    module("Store", ["Commerce", "Messages", "TradeNetwork", "Postgres", log], resources: migrations),
    module(
        "Workers",
        [
            "Commerce", "Messages", "RabbitMQ", "Postgres", "Mail", "Documents", "MailTemplates", "Store",
            log, metrics, lifecycle, hummingbird, crypto,
        ]
    ),
    module("Simulation", ["Commerce", "Messages"]),
    .executableTarget(
        name: "oms",
        dependencies: [
            "Commerce", "Messages", "TradeNetwork", "RabbitMQ", "Postgres", "Mail", "Documents", "MailTemplates", "Store", "Workers",
            "Simulation", "CThread",
            log, metrics, lifecycle, signals, configuration, arguments, yams,
        ],
        // Only wiring. Optimized, its async commands crash Swift 6.3.1 ("While splitting coroutine … AuditCommand.run").
        swiftSettings: strict + [.unsafeFlags(["-Onone"], .when(configuration: .release))]
    ),
]

let testTargets: [Target] = [
    .target(name: "TestSupport", dependencies: ["Postgres", log], path: "Tests/TestSupport", swiftSettings: strict),
    tests("TestSupportTests", ["TestSupport", "Postgres", log]),
    tests("CommerceTests", ["Commerce"]),
    tests("MessagesTests", ["Messages", "Commerce"], exclude: ["Validators"]),
    tests("PinnedExecutorTests", ["PinnedExecutor"]),
    tests("TradeNetworkTests", ["TradeNetwork", "Commerce", yams]),
    tests("RabbitMQTests", ["RabbitMQ", log]),
    tests("PostgresTests", ["TestSupport", "Postgres", "PinnedExecutor", log]),
    tests("MailTests", ["Mail"]),
    tests("DocumentsTests", ["Documents", "Commerce"], exclude: ["Validators"]),
    tests("MailTemplatesTests", ["MailTemplates", "Commerce"], exclude: ["Snapshots"]),
    tests("StoreTests", ["TestSupport", "Store", "Postgres", "Commerce", "Messages", log], exclude: ["Landed"]),
    tests(
        "WorkersTests",
        [
            .product(name: "CoreMetrics", package: "swift-metrics"), "TestSupport", "Workers", "Store", "RabbitMQ", "Postgres", "Messages",
            "Commerce", log, metrics,
        ]
    ),
    tests(
        "IntegrationTests",
        ["TestSupport", "Workers", "Store", "RabbitMQ", "Postgres", "Messages", "Commerce", "TradeNetwork", log, lifecycle]
    ),
    // What ops/fuzz runs, and the short form of it as tests.
    .target(
        name: "Fuzzing",
        dependencies: ["Simulation", "Messages", "TradeNetwork", "Commerce"],
        path: "Tests/Fuzzing",
        swiftSettings: strict
    ),
    .executableTarget(name: "FuzzTool", dependencies: ["Fuzzing", arguments], path: "Tests/FuzzTool", swiftSettings: strict),
    tests("FuzzingTests", ["Fuzzing", "Simulation"]),
    tests("omsTests", ["oms", "Commerce", "Messages", "Simulation", yams]),
    tests("SimulationTests", ["Simulation", "Commerce", "Messages", "TradeNetwork", yams]),
]

let package = Package(
    name: "oms",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "oms", targets: ["oms"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: libraries + modules + testTargets,
    swiftLanguageModes: [.v6]
)
