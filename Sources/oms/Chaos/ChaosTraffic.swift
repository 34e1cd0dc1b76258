internal import Messages
internal import Simulation
internal import Workers

/// Says what the script says, ten times a second, until it is told to end.
actor ChaosTraffic {
    private let rate: Int
    private var script: ChaosScript
    private let ids: ChaosScript
    private var due = 0.0
    private var isOver = false

    init(seed: UInt64, rate: Int) {
        self.rate = rate
        script = ChaosScript(seed: seed, placedAt: SystemClock.now())
        ids = script
    }

    nonisolated func orderID(_ number: Int) -> String { ids.orderID(number) }

    /// The number of the next order.
    var next: Int { script.placed + 1 }

    func work(_ sender: ChaosSender) async {
        while !isOver, !Task.isCancelled {
            due += Double(rate) / 10
            let count = Int(due)
            due -= Double(count)
            await sender.send(script.tick(orders: count, at: SystemClock.now()))
            try? await Task.sleep(for: .milliseconds(100))
        }
    }

    /// Gives what was placed and cancelled, and what was still to be said.
    func end() -> (placed: Int, cancelled: Set<Int>, rest: [ScriptMessage]) {
        isOver = true
        return (script.placed, script.cancelled, script.rest())
    }
}
