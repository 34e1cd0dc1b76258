import Store
import TestSupport
import Testing

/// A process's memory of SKU keys, beside a dictionary. Its table of hashes is seeded by each process anew, so every run meets others.
@Suite struct SKUDirectoryTests {
    @Test(arguments: [UInt64(1), 2, 3, 4])
    func what_is_remembered_is_found_by_its_very_bytes(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let directory = SKUDirectory()
        var model: [[UInt8]: Int64] = [:]
        for step in 0..<30_000 {
            let sku = Self.anySKU(&random)
            let bytes = Array(sku.utf8)
            #expect(directory.key(of: sku) == model[bytes], "seed \(seed), step \(step)")
            if model[bytes] == nil, Bool.random(using: &random) {
                let key = Int64.random(in: .min ... .max, using: &random)
                directory.remember(key, of: sku)
                model[bytes] = key
            }
        }
        for (bytes, key) in model {
            let sku = String(decoding: bytes, as: UTF8.self)
            #expect(directory.key(of: sku) == key, "seed \(seed)")
            directory.remember(key, of: sku)
        }
        #expect(directory.size.skus == model.count, "seed \(seed)")
    }

    /// Short ones that come again, some that begin like others, composed and decomposed letters, long ones, none.
    private static func anySKU(_ random: inout SplitMix64) -> String {
        let number = Int.random(in: 0..<4_000, using: &random)
        switch Int.random(in: 0..<6, using: &random) {
        case 0: return "\(number)"
        case 1: return "SKU-\(number)"
        case 2: return String(repeating: "A", count: number % 300)
        case 3: return "caf\u{e9}-\(number % 50)"
        case 4: return "cafe\u{301}-\(number % 50)"
        default: return String(repeating: "\(number)/", count: number % 90)
        }
    }

    @Test func a_million_skus_take_forty_megabytes_at_most() {
        let directory = SKUDirectory()
        for key in 0..<Int64(1_000_000) { directory.remember(key, of: "BNCH-\(1_000_000 + key)") }
        #expect(directory.size.skus == 1_000_000)
        #expect(directory.size.bytes < 40 << 20)
        #expect((0..<Int64(1_000_000)).allSatisfy { directory.key(of: "BNCH-\(1_000_000 + $0)") == $0 })
    }

    @Test func past_its_limit_it_forgets_and_says_nothing_wrong() {
        let directory = SKUDirectory(bytes: 1 << 20)
        var most = 0
        for key in 0..<Int64(200_000) {
            directory.remember(key, of: "S\(key)")
            #expect(directory.key(of: "S\(key)") == key)
            if key.isMultiple(of: 1_000) { most = max(most, directory.size.bytes) }
        }
        // A part may pass its share by one doubling of its table.
        #expect(most < 3 << 19)
        let found = (0..<Int64(200_000)).filter { directory.key(of: "S\($0)") != nil }
        #expect(found.count == directory.size.skus && found.count > 10_000)
        #expect(found.allSatisfy { directory.key(of: "S\($0)") == $0 })
    }
}
