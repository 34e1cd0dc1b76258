internal import Commerce
internal import Logging
package import Messages
internal import Postgres
package import RabbitMQ
internal import Store

/// Runs one role on one lane: takes batches, has them handled, settles and acknowledges them, until told to stop.
///
/// - A batch is acknowledged after its transaction is committed, never before.
/// - The next batch is taken and decoded while the database works on this one.
/// - A fault of the batch (not of the servers) halves it until the message to blame stands alone; that one goes to the desk.
/// - While PostgreSQL is away, deliveries are held unacknowledged: returning them would count against their delivery limit.
package struct BatchRunner<Handler: RoleHandler>: Sendable {
    private typealias Message = ReceivedMessage<Handler.Item>

    private let role: EventRole
    private let handler: Handler
    private let lane: Lane
    private let broker: BrokerConfiguration
    private let stop: StopSignal
    private let metrics: RoleMetrics

    package init(role: EventRole, handler: Handler, lane: Lane, broker: BrokerConfiguration, stop: StopSignal, health: WorkerHealth) {
        self.role = role
        self.handler = handler
        self.lane = lane
        self.broker = broker
        self.stop = stop
        metrics = RoleMetrics(role: role.rawValue, queue: handler.queue, health: health)
    }

    /// Works until the stop signal. A lost broker session is replaced, with back-off.
    package func run() async {
        var backoff = Backoff()
        while !stop.isRaised, !Task.isCancelled {
            do {
                let consumer = try await Consumer.connect(
                    broker,
                    queue: handler.queue,
                    prefetch: handler.limits.prefetch,
                    logger: lane.logger
                )
                metrics.connected(true)
                backoff = Backoff()
                do {
                    try await stop.whileWaiting({ await consumer.stopConsuming() }) { try await consume(consumer) }
                } catch {
                    await consumer.close()
                    throw error
                }
                await consumer.close()
            } catch {
                metrics.connected(false)
                guard !stop.isRaised else { return }
                let pause = backoff.next()
                lane.logger.warning("broker session ended", metadata: ["queue.name": "\(handler.queue)", "error": "\(error)"])
                await stop.wait(atMost: pause)
                // A queue that was deleted is declared again; the others are as they were.
                if (error as? BrokerError)?.isAboutTopology == true { try? await lane.link.declare(.oms) }
            }
        }
    }

    private func consume(_ consumer: Consumer) async throws {
        var batch = try await take(from: consumer)
        while !batch.isEmpty {
            async let next = take(from: consumer)
            if handler.limits.pause > .zero { await stop.wait(atMost: handler.limits.pause) }
            try await work(on: batch)
            try await consumer.ack(batch.map(\.delivery))
            batch = try await next
        }
    }

    private func take(from consumer: Consumer) async throws -> [Message] {
        let limits = handler.limits
        let deliveries = try await consumer.nextBatch(maxMessages: limits.messages, maxBytes: limits.bytes)
        let now = SystemClock.now()
        return deliveries.map { delivery in
            let type = delivery.messageType
            let content = Result { () throws(MessageRefusal) in try handler.decode(delivery, type: type, receivedAt: now) }
            return Message(delivery: delivery, type: type, receivedAt: now, content: content)
        }
    }

    /// Handles the batch and commits what becomes of each message; waits for a lost database as long as it takes.
    private func work(on batch: [Message]) async throws {
        let started = ContinuousClock.now
        let outcomes: [Outcome] = try await patiently { try await self.outcomes(of: batch) }
        var settlement = Settlement<Handler.Item>(queue: handler.queue, plan: handler.retryPlan, role: role)
        let now = SystemClock.now()
        for (message, outcome) in zip(batch, outcomes) {
            let subject = subject(of: message)
            settlement.add(outcome, of: message, subject: subject, now: now)
            metrics.count(outcome)
            log(outcome, of: message)
        }
        if !settlement.isEmpty {
            let settled = settlement
            try await patiently {
                try await lane.commit { tx, effects in
                    try DeskStore.insert(settled.refused, in: tx)
                    for message in settled.messages { effects.send(message) }
                }
            }
        }
        metrics.handled(batch.count, in: ContinuousClock.now - started)
    }

    private func subject(of message: Message) -> MessageSubject {
        switch message.content {
        case .success(let item): return handler.subject(of: item)
        case .failure:
            let hint = InboundDecoder.order(contentType: message.delivery.properties.contentType, body: message.delivery.body)
            return MessageSubject(channel: hint.channel, orderID: hint.orderID)
        }
    }

    private func outcomes(of batch: [Message]) async throws -> [Outcome] {
        var outcomes: [Outcome?] = batch.map { message in
            if case .failure(let refusal) = message.content { .refuse(refusal) } else { nil }
        }
        // A message that came back twice may have crashed a worker: it is handled alone.
        let open = batch.indices.filter { outcomes[$0] == nil }
        let suspects = open.filter { batch[$0].delivery.deliveryCount >= 2 }
        var groups = suspects.map { [$0] }
        let others = open.filter { batch[$0].delivery.deliveryCount < 2 }
        if !others.isEmpty { groups.append(others) }
        while let group = groups.popLast() {
            do {
                let items = try group.map { try batch[$0].content.get() }
                let results = try await handler.process(items, lane: lane)
                for (index, result) in zip(group, results) { outcomes[index] = result }
            } catch  where group.count > 1 && error.isOfSlowness {
                groups += halves(of: group)
            } catch  where error.isOfServers || error is CancellationError {
                // Told to stop at once: no message is to blame, and the broker delivers them again.
                throw error
            } catch {
                guard group.count > 1 else {
                    lane.logger.error(
                        "message cannot be handled",
                        metadata: ["queue.name": "\(handler.queue)", "message.type": "\(batch[group[0]].type)", "error": "\(error)"]
                    )
                    outcomes[group[0]] = .refuse(MessageRefusal(.internalError, "A fault of this system; its engineers are told."))
                    continue
                }
                groups += halves(of: group)
            }
        }
        return outcomes.compactMap { $0 }
    }

    /// The half that comes first is last: it is popped first.
    private func halves(of group: [Int]) -> [[Int]] {
        let middle = group.count / 2
        return [Array(group[middle...]), Array(group[..<middle])]
    }

    /// Tries again, with back-off, while the database is away; gives up only when told to stop.
    private func patiently<R: Sendable>(_ body: () async throws -> R) async throws -> R {
        var backoff = Backoff()
        while true {
            do {
                let result = try await body()
                metrics.database(true)
                return result
            } catch  where error.isOfServers && !stop.isRaised {
                metrics.database(false)
                lane.logger.warning("waiting for the database", metadata: ["queue.name": "\(handler.queue)", "error": "\(error)"])
                await stop.wait(atMost: backoff.next())
            }
        }
    }

    private func log(_ outcome: Outcome, of message: Message) {
        guard case .refuse(let refusal) = outcome else { return }
        lane.logger.info(
            "message refused",
            metadata: [
                "queue.name": "\(handler.queue)",
                "message.type": "\(message.type.prefix(64))",
                "code": "\(refusal.code.rawValue)",
                "path": "\(refusal.path ?? "")",
            ]
        )
    }
}

extension BrokerError {
    fileprivate var isAboutTopology: Bool {
        switch self {
        case .notFound, .consumerCancelled: true
        default: false
        }
    }
}

extension Error {
    /// Whether the server took the transaction for abandoned: the process was frozen, or thought for too long between two statements, which
    /// it would do again. Half the batch takes half as long.
    fileprivate var isOfSlowness: Bool { SQLState.idleInTransactionTimeout ~= self }

    /// Whether a server is to blame, so that the same batch may well succeed later.
    var isOfServers: Bool {
        guard let error = self as? PostgresError else { return false }
        if error.isOutage || error.isRetriable { return true }
        switch error.sqlState {
        // Somebody sits on a lock; a standby answered; whatever the message is, it is not to blame.
        case SQLState.lockNotAvailable?, SQLState.readOnlyTransaction?: return true
        // 53: no disk, memory, connections left. 58: trouble below the database.
        case let state?: return state.category == "53" || state.category == "58"
        case nil: return false
        }
    }
}
