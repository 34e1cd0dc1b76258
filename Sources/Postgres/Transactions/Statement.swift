/// SQL and the values for its `$1`, `$2` ….
package struct Statement: Sendable {
    package let sql: String
    package let parameters: [Parameter]

    package init(_ sql: String, _ parameters: [Parameter] = []) {
        self.sql = sql
        self.parameters = parameters
    }
}
