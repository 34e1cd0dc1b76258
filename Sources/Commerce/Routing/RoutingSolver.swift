/// Decides one order after the other: goes through the strategies, and does what the last one says of what cannot be shipped.
struct RoutingSolver {
    private let facts: RoutingFacts
    private let strategies: [PreparedStrategy]
    private var basket: BasketSolver
    private var solver: StrategySolver
    /// What is left of the locations' days after the orders that were planned.
    private(set) var room: RoutingRoom

    init(_ strategies: [RoutingStrategy], facts: RoutingFacts, stock: StockSnapshot, capacity: CapacityBook, nodeBudget: Int) {
        self.facts = facts
        self.strategies = strategies.map { PreparedStrategy($0, facts: facts) }
        basket = BasketSolver(locations: facts.locations, stock: stock, nodeBudget: nodeBudget)
        solver = StrategySolver(facts: facts, placeOfCell: basket.placeOfCell, nodeBudget: nodeBudget)
        room = RoutingRoom(capacity, facts: facts)
    }

    /// Takes what the parcels hold out of the stock; `plan` takes their places of the locations' days.
    mutating func decide(_ request: RoutingRequest, stock: inout StockSnapshot) -> RoutedDecision {
        var passed: [PassedOverStrategy] = []
        /// What the strategies that matched could do, by their place in the rules.
        var best: (strategy: Int, attempt: RoutingAttempt)?
        var last: (strategy: Int, attempt: RoutingAttempt, ending: Ending)?
        let infos = strategies.isEmpty ? [] : request.infos()
        for index in strategies.indices {
            let rule = strategies[index].rule
            if let part = rule.when.firstFailing(request) {
                passed.append(PassedOverStrategy(strategy: rule.id, reason: part))
                continue
            }
            let attempt = solve(request, infos: infos, by: index, stock: stock)
            guard let pass = attempt.pass else {
                return finish(request, attempt, by: index, passed: passed, fate: nil, endedBy: nil, stock: &stock)
            }
            let ending = Ending(rule.otherwise, hold: request.hold)
            last = (index, attempt, ending)
            if best.map({ attempt.units > $0.attempt.units }) ?? true { best = (index, attempt) }
            passed.append(PassedOverStrategy(strategy: rule.id, reason: pass))
            if ending != .next { break }
        }
        guard let best, let last else { return byDefaultRule(request, passed: passed, stock: &stock) }
        if case .cancel(let reason) = last.ending, !request.sourcing.acceptPartial {
            return cancelLines(request, infos: infos, last.attempt, by: last.strategy, reason: reason, passed: passed, stock: &stock)
        }
        let answer = best.attempt.units > 0 ? best : (strategy: last.strategy, attempt: last.attempt)
        let endedBy = strategies[last.strategy].rule.id
        return finish(request, answer.attempt, by: answer.strategy, passed: passed, fate: last.ending, endedBy: endedBy, stock: &stock)
    }

    private mutating func solve(_ request: RoutingRequest, infos: [Int], by strategy: Int, stock: StockSnapshot) -> RoutingAttempt {
        solver.solve(request, infos: infos, strategy: strategies[strategy], stock: stock, room: room)
    }

    // MARK: Collected at a store

    /// Leaves on the store's shelf what it has itself of an order that is collected there, where it has room for a parcel.
    func keepOnShelf(_ decision: RoutedDecision, of request: RoutingRequest, stock: inout StockSnapshot) -> RoutedDecision {
        guard let shelf = request.sourcing.shelf, room.book.hasRoom(shelf) else { return decision }
        var result = decision
        result.sourcing = decision.sourcing.keeping(onShelf: shelf, of: request.sourcing, stock: &stock)
        guard decision.record.strategy == nil, result.sourcing != decision.sourcing else { return result }
        result.record.winner = facts.locations.score(
            of: result.sourcing.parcels.map(\.location),
            to: request.sourcing.destination.flatMap(UnitVector.init)
        )
        return result
    }

    // MARK: When it leaves

    /// Plans an order's parcels for days, and says when they arrive; the next order sees what is left.
    mutating func plan(_ decision: RoutedDecision, of request: RoutingRequest) -> RoutedDecision {
        var result = decision
        let destination = facts.delivery.isEmpty ? nil : request.sourcing.destination.flatMap(UnitVector.init)
        result.deliveries = []
        for index in result.sourcing.parcels.indices {
            let place = facts.locations.place(of: result.sourcing.parcels[index].location).map { Int($0) }
            guard let place else {
                result.deliveries.append(nil)
                continue
            }
            let window =
                facts.delivery.isEmpty
                ? nil
                : room.window(from: place, to: request.country, meters: facts.knownMeters(from: place, to: destination))
            result.deliveries.append(window.map(DeliveryEstimate.init))
            result.sourcing.parcels[index].day = room.take(place)
        }
        return result
    }

    // MARK: What becomes of the rest

    /// What is done about units that cannot be shipped.
    private enum Ending: Hashable {
        case next, backorder
        case hold(timeOutMinutes: Int64?)
        case cancel(reason: String)

        init(_ otherwise: RoutingOtherwise, hold state: RoutingRequest.Hold) {
            switch otherwise {
            case .next: self = .next
            case .backorder: self = .backorder
            case .cancel(let reason): self = .cancel(reason: reason)
            case .hold(let hold):
                switch (state, hold.then) {
                case (.none, _): self = .hold(timeOutMinutes: hold.timeOutMinutes)
                case (.released, _), (.timedOut, .backorder): self = .backorder
                case (.timedOut, .next): self = .next
                case (.timedOut, .cancel(let reason)): self = .cancel(reason: reason)
                }
            }
        }
    }

    /// Cancels lines that cannot be shipped whole until the others can, or none is left.
    private mutating func cancelLines(
        _ request: RoutingRequest,
        infos: [Int],
        _ failed: RoutingAttempt,
        by strategy: Int,
        reason: String,
        passed: [PassedOverStrategy],
        stock: inout StockSnapshot
    ) -> RoutedDecision {
        var (rest, restInfos, attempt) = (request, infos, failed)
        while attempt.pass != nil {
            let short = attempt.shortLines
            let kept = rest.sourcing.lines.indices.filter { !short.contains(rest.sourcing.lines[$0].line) }
            guard !short.isEmpty, kept.contains(where: { rest.sourcing.lines[$0].quantity > 0 }) else {
                attempt.missing = []
                rest.sourcing.lines = []
                break
            }
            (rest.sourcing.lines, restInfos) = (kept.map { rest.sourcing.lines[$0] }, kept.map { restInfos[$0] })
            attempt = solve(rest, infos: restInfos, by: strategy, stock: stock)
        }
        let shipped = Set(attempt.parcels.flatMap(\.lines).map(\.line))
        attempt.missing = request.sourcing.lines.filter { $0.quantity > 0 && !shipped.contains($0.line) }
        attempt.pass = failed.pass
        return finish(
            request,
            attempt,
            by: strategy,
            passed: passed,
            fate: .cancel(reason: reason),
            endedBy: strategies[strategy].rule.id,
            stock: &stock
        )
    }

    /// Takes what the parcels hold, and tells.
    private mutating func finish(
        _ request: RoutingRequest,
        _ attempt: RoutingAttempt,
        by strategy: Int,
        passed: [PassedOverStrategy],
        fate: Ending?,
        endedBy: String?,
        stock: inout StockSnapshot
    ) -> RoutedDecision {
        let rule = strategies[strategy].rule
        let record = RoutingRecord(
            strategy: rule.id,
            shortfall: attempt.pass,
            endedBy: endedBy,
            passedOver: passed.filter { $0.strategy != rule.id },
            candidates: attempt.candidates,
            fenced: attempt.fenced,
            criteria: strategies[strategy].plan.criteria,
            winner: attempt.winner,
            runnerUp: attempt.runnerUp,
            nodes: attempt.nodes,
            wasCut: attempt.wasCut
        )
        let method: SourcingSearch.Method =
            attempt.parcels.isEmpty ? .none : attempt.wasCut ? .budgetCut : attempt.winner?.locations.count == 1 ? .single : .exact
        let search = SourcingSearch(method: method, candidates: attempt.candidates, nodes: attempt.nodes)
        let sourcing = SourcingDecision(order: request.sourcing.order, parcels: attempt.parcels, waiting: [], search: search)
        var decision = RoutedDecision(sourcing: sourcing, deliveries: [], record: record)
        if !attempt.missing.isEmpty {
            switch fate {
            case .cancel(let reason): decision.cancelled = RoutingCancellation(lines: attempt.missing, reason: reason)
            case .hold(let minutes): decision.held = RoutingHeld(lines: attempt.missing, timeOutMinutes: minutes)
            case .next, .backorder, nil: decision.sourcing.waiting = attempt.missing
            }
        }
        take(attempt, request, stock: &stock)
        return decision
    }

    private func take(_ attempt: RoutingAttempt, _ request: RoutingRequest, stock: inout StockSnapshot) {
        for parcel in attempt.parcels {
            for line in parcel.lines { _ = stock.take(line.quantity, sku: line.sku, location: parcel.location) }
        }
        guard !stock.keeps.isEmpty, !request.sourcing.holders.isEmpty else { return }
        var taken: [Int64: Int64] = [:]
        for line in attempt.parcels.flatMap(\.lines) { taken[line.sku, default: 0] += line.quantity }
        let units = taken.sorted { $0.key < $1.key }.map { (sku: $0.key, units: $0.value) }
        stock.keeps.use(units, by: request.sourcing.holders, skus: request.sourcing.lines.map(\.sku))
    }

    // MARK: Without a strategy

    private mutating func byDefaultRule(
        _ request: RoutingRequest,
        passed: [PassedOverStrategy],
        stock: inout StockSnapshot
    ) -> RoutedDecision {
        let (sourcing, notAsked) = narrowed(request)
        let decision = basket.decide(sourcing, stock: &stock)
        let record = RoutingRecord(
            passedOver: passed,
            candidates: decision.search.candidates,
            fenced: basket.barred.sorted().map { place in
                let location = facts.locations.all[Int(place)].key
                let obstacle = notAsked.contains(location) ? .notAsked : sourcing.obstacle(at: location)
                return FencedLocation(location: location, obstacle: obstacle ?? .excluded)
            },
            criteria: [.parcels, .locationPriority, .distance],
            winner: facts.locations.score(
                of: decision.parcels.map(\.location),
                to: request.sourcing.destination.flatMap(UnitVector.init)
            ),
            runnerUp: request.sourcing.shelf == nil ? basket.runnerUp(to: decision) : nil,
            nodes: decision.search.nodes,
            wasCut: decision.search.wasCut
        )
        return RoutedDecision(sourcing: decision, deliveries: [], record: record)
    }

    /// The request as the default rule looks at it, which knows nothing of customers and of locations that are asked for; and
    /// the locations that are not.
    private func narrowed(_ request: RoutingRequest) -> (SourcingRequest, notAsked: Set<Int64>) {
        var sourcing = request.sourcing
        sourcing.fullLocations += room.book.full
        guard facts.hasCustomers || request.onlyLocations != nil else { return (sourcing, []) }
        var notAsked: Set<Int64> = []
        for (place, location) in facts.locations.all.enumerated() {
            if !facts.places[place].serves(request.customer) { sourcing.closedLocations.append(location.key) }
            let isAsked = request.onlyLocations?.contains(location.key) ?? true
            if !isAsked, sourcing.obstacle(at: location.key) == nil { notAsked.insert(location.key) }
        }
        sourcing.excludedLocations += notAsked
        return (sourcing, notAsked)
    }
}

extension RoutingRequest {
    /// For each line that wants stock, its place in `lines`; −1 where it is not there.
    fileprivate func infos() -> [Int] {
        let known: [Int32: Int] =
            lines.count <= 16 ? [:] : Dictionary(lines.enumerated().map { ($1.line, $0) }, uniquingKeysWith: { first, _ in first })
        return sourcing.lines.enumerated().map { index, need in
            if lines.indices.contains(index), lines[index].line == need.line { return index }
            return (lines.count <= 16 ? lines.firstIndex { $0.line == need.line } : known[need.line]) ?? -1
        }
    }
}
