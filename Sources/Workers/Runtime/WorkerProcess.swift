internal import Documents
package import Logging
internal import Mail
internal import MailTemplates
internal import Messages
package import Postgres
package import RabbitMQ
internal import ServiceLifecycle

/// A worker: some roles, each with one or several lanes, until it is told to stop; then it finishes what it holds.
package struct WorkerProcess: Service {
    /// What the mailing role needs.
    package struct MailSettings: Sendable {
        package var url: String
        package var connections: Int
        /// Folder of templates that replace built-in ones.
        package var templates: String?

        package init(url: String, connections: Int, templates: String?) {
            self.url = url
            self.connections = connections
            self.templates = templates
        }
    }

    private let roles: [Role]
    private let lanes: Int
    private let database: PostgresConfiguration
    private let broker: BrokerConfiguration
    private let mailing: (templates: MailTemplates, mails: MailPool)?
    private let health: WorkerHealth
    private let logger: Logger
    private let shared = SharedState()
    private let stop = StopSignal()

    /// - Parameters:
    ///   - lanes: batches of one role worked on at a time.
    ///   - mail: needed with role `mailing`.
    /// - Throws: a mail URL or a template that cannot be used.
    package init(
        roles: [Role],
        lanes: Int,
        database: PostgresConfiguration,
        broker: BrokerConfiguration,
        mail: MailSettings?,
        health: WorkerHealth,
        logger: Logger
    ) throws {
        self.roles = roles
        self.lanes = lanes
        self.database = database.ofWorkers
        self.broker = broker
        self.health = health
        self.logger = logger
        if roles.contains(.mailing), let mail {
            mailing = (try MailTemplates(directory: mail.templates), try MailPool(url: mail.url, connections: mail.connections))
        } else {
            mailing = nil
        }
    }

    package func run() async throws {
        let link = BrokerLink(broker, logger: logger) { publisher in try await publisher.declare(Topology(BrokerTopology.oms)) }
        await withGracefulShutdownHandler {
            await withTaskGroup(of: Void.self) { group in
                // What needs no broker does not wait for it.
                if roles.contains(.relay) { startChores(in: &group) }
                // Consumers need their queues: the first session declares them, patiently.
                await declareFirst(link)
                for role in roles { start(role, link: link, in: &group) }
            }
        } onGracefulShutdown: {
            stop.raise()
        }
        await link.close()
        await mailing?.mails.close()
    }

    private func declareFirst(_ link: BrokerLink) async {
        var backoff = Backoff()
        while !stop.isRaised {
            do {
                _ = try await link.publisher()
                return
            } catch {
                logger.warning("waiting for the broker", metadata: ["error": "\(error)"])
                await stop.wait(atMost: backoff.next())
            }
        }
    }

    private func start(_ role: Role, link: BrokerLink, in group: inout TaskGroup<Void>) {
        switch role {
        case .intake: add(IntakeHandler(), .intake, lanes, link, &group)
        case .sourcing:
            add(SourcingHandler(), .sourcing, lanes, link, &group)
            add(ReservationHandler(), .sourcing, lanes, link, &group)
            let sweeper = LeaseSweeper(lane: openLane("leases", .sourcing, link), stop: stop)
            group.addTask { await sweeper.lane.run { await sweeper.run() } }
        case .stock:
            // Two parts of a feed at a time: one is read while the other is merged.
            add(StockFeedHandler(), .stock, max(2, lanes), link, &group)
            add(AvailabilityHandler(), .stock, 1, link, &group)
            let lane = openLane("stock-freshness", .stock, link)
            let watch = FreshnessWatch(lane: lane, stop: stop)
            group.addTask { await lane.run { await watch.run() } }
        case .fulfillment:
            add(FulfillmentHandler(), .fulfillment, lanes, link, &group)
            let clockLane = openLane("fulfillment-clock", .fulfillment, link)
            let clock = FulfillmentClock(lane: clockLane, stop: stop)
            group.addTask { await clockLane.run { await clock.run() } }
            let expiryLane = openLane("pickup-expiry", .fulfillment, link)
            let expiry = PickupExpiry(lane: expiryLane, stop: stop)
            group.addTask { await expiryLane.run { await expiry.run() } }
        case .invoicing: add(InvoicingHandler(), .invoicing, lanes, link, &group)
        case .mailing:
            guard let mailing else { return }
            let handler = MailingHandler(templates: mailing.templates, mails: mailing.mails, renderer: DocumentRenderer())
            add(handler, .mailing, lanes, link, &group)
        case .relay:
            add(DeadLetterHandler(), .relay, 1, link, &group)
            let relay = OutboxRelay(
                session: PostgresSession(database, name: "relay", logger: logger),
                link: link,
                shared: shared,
                stop: stop,
                logger: logger
            )
            group.addTask { await relay.run() }
        }
    }

    private func startChores(in group: inout TaskGroup<Void>) {
        let session = PostgresSession(database, name: "chores", logger: logger)
        let chores = RelayChores(session: session, shared: shared, stop: stop, logger: logger)
        group.addTask { await chores.run() }
    }

    private func add(_ handler: some RoleHandler, _ role: EventRole, _ lanes: Int, _ link: BrokerLink, _ group: inout TaskGroup<Void>) {
        for number in 1...lanes {
            let lane = openLane("\(role.rawValue)-\(number)", role, link)
            let runner = BatchRunner(role: role, handler: handler, lane: lane, broker: broker, stop: stop, health: health)
            group.addTask { await lane.run { await runner.run() } }
        }
    }

    private func openLane(_ name: String, _ role: EventRole, _ link: BrokerLink) -> Lane {
        var logger = logger
        logger[metadataKey: "role"] = "\(role.rawValue)"
        return Lane(session: PostgresSession(database, name: name, logger: logger), link: link, shared: shared, logger: logger)
    }
}
