/// Why the database was not brought to the state the folder describes. Nothing of the refused file was kept.
package enum MigrationError: Error, Sendable, Hashable, CustomStringConvertible {
    case unreadableFolder(String)
    case unreadableFile(String)
    case misnamedFile(String)
    case duplicateNumber(Int, String, String)
    case missingNumber(Int)
    /// The file was changed after it had been applied.
    case changedFile(String)
    /// The database was migrated further than the folder goes: this program is older than the database.
    case databaseIsNewer(database: Int, folder: Int)
    /// An earlier file appeared after later ones had been applied.
    case appliedOutOfOrder(String)
    /// The server refused the file.
    case failed(String, PostgresError)

    package var description: String {
        switch self {
        case .unreadableFolder(let path): "cannot read the folder of migrations \(path)"
        case .unreadableFile(let name): "cannot read the migration \(name) as UTF-8"
        case .misnamedFile(let name): "a migration is named like 0001_name.sql (lowercase letters, digits, underscores), not \(name)"
        case .duplicateNumber(let number, let first, let second): "migrations \(first) and \(second) have the same number \(number)"
        case .missingNumber(let number): "there is no migration number \(number), but there are later ones"
        case .changedFile(let name): "migration \(name) was changed after it had been applied; write a new one instead"
        case .databaseIsNewer(let database, let folder):
            "the database is at migration \(database), the folder ends at \(folder): this program is older than the database"
        case .appliedOutOfOrder(let name): "migration \(name) was not applied, but later ones were"
        case .failed(let name, let error): "migration \(name) failed: \(error)"
        }
    }
}
