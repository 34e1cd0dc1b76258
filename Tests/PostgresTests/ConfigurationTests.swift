import Postgres
import Testing

@Suite struct ConfigurationTests {
    @Test(arguments: [
        "", "host=localhost", "http://localhost/db", "postgresql://h:notaport/db", "postgresql://h:0/db", "postgresql://h:99999/db",
        "postgresql://h/db?nosuch=1", "postgresql://u:%zz@h/db",
    ])
    func wrong_urls_are_configuration_errors(_ url: String) {
        let error = #expect(throws: PostgresError.self) { try PostgresConfiguration(url: url) }
        #expect(error?.kind == .configuration)
    }

    @Test func the_password_is_never_told() throws {
        let configuration = try PostgresConfiguration(
            url: "postgresql://me:pa55word@a.example:5433,b.example:5434/shop?target_session_attrs=read-write"
        )
        #expect("\(configuration)" == "postgresql://a.example:5433,b.example:5434/shop")
        let error = #expect(throws: PostgresError.self) { try PostgresConfiguration(url: "postgresql://me:pa55word%zz@h/db") }
        #expect(error?.description.contains("pa55") == false)
    }

    @Test func the_database_can_be_exchanged() throws {
        var configuration = try PostgresConfiguration(url: "postgresql://me@h/first")
        #expect(configuration.database == "first")
        configuration.database = "second"
        #expect("\(configuration)" == "postgresql://h:5432/second")
    }

    @Test func identifiers_are_quoted() {
        #expect(quotedIdentifier("a") == "\"a\"")
        #expect(quotedIdentifier("a\"; DROP") == "\"a\"\"; DROP\"")
    }
}
