internal import Foundation
internal import RabbitMQ
internal import Testing

/// A TLS door to the broker, so that `amqps` is tested though the broker has none: `openssl` makes an authority and a certificate for
/// `localhost`, `python3` encrypts.
final class TLSProxy: Sendable {
    let port: UInt16
    let directory: URL
    private let process = Process()

    private static let program = """
        import asyncio, ssl, sys
        certificate, key, target = sys.argv[1], sys.argv[2], int(sys.argv[3])
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        async def pump(reader, writer):
            try:
                while data := await reader.read(65536):
                    writer.write(data)
                    await writer.drain()
            except OSError:
                pass
            writer.close()
        async def serve(reader, writer):
            upstream = await asyncio.open_connection('127.0.0.1', target)
            await asyncio.gather(pump(reader, upstream[1]), pump(upstream[0], writer))
        async def main():
            server = await asyncio.start_server(serve, '127.0.0.1', 0, ssl=context)
            print(server.sockets[0].getsockname()[1], flush=True)
            await server.serve_forever()
        asyncio.run(main())
        """

    /// Starts one, on a thread of its own, since `openssl` is waited for.
    static func start(to target: UInt16) async throws -> TLSProxy {
        try await withCheckedThrowingContinuation { continuation in
            onThread { continuation.resume(with: Result { try TLSProxy(to: target) }) }
        }
    }

    private init(to target: UInt16) throws {
        directory = FileManager.default.temporaryDirectory.appending(path: "oms-tls-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        for name in ["authority", "stranger"] {
            try Self.openssl(
                directory,
                "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=\(name) -keyout \(name).key -out \(name).pem"
            )
        }
        try Data("subjectAltName=DNS:localhost".utf8).write(to: directory.appending(path: "names"))
        try Self.openssl(
            directory,
            "req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=localhost -keyout server.key -out server.csr"
        )
        try Self.openssl(
            directory,
            "x509 -req -in server.csr -CA authority.pem -CAkey authority.key -CAcreateserial -days 2 -extfile names -out server.pem"
        )
        let output = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [
            "python3", "-c", Self.program, directory.appending(path: "server.pem").path, directory.appending(path: "server.key").path,
            "\(target)",
        ]
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        port = try #require(UInt16(line.trimmingCharacters(in: .whitespacesAndNewlines)), "the proxy did not start")
    }

    deinit {
        process.terminate()
        try? FileManager.default.removeItem(at: directory)
    }

    private static func openssl(_ directory: URL, _ arguments: String) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["openssl"] + arguments.split(separator: " ").map(String.init)
        process.currentDirectoryURL = directory
        process.standardError = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "openssl \(arguments)")
    }

    /// The configuration with this proxy in place of the broker.
    func standingIn(_ configuration: BrokerConfiguration, trusting authority: String?, host: String = "localhost") -> BrokerConfiguration {
        var configuration = configuration
        configuration.endpoints[0].host = host
        configuration.endpoints[0].port = port
        var tls = BrokerEndpoint.TLS()
        tls.authorityFile = authority.map { directory.appending(path: $0).path }
        tls.verifiesPeer = authority != nil
        configuration.endpoints[0].tls = tls
        return configuration
    }
}
