# The stack's PostgreSQL: one server, or a primary and its standby. Sourced by ops/stack.
# shellcheck shell=bash disable=SC2154  # settings and secrets are read by load_stack

PG_USER=""

postgres_paths() {
    PG_USER=postgres
    [[ $EUID -eq 0 ]] || PG_USER=$(id -un)
}

postgres_data() { printf '%s/%s/data' "$RUN_DIR" "$1"; }

postgres_port() { port_of POSTGRES "$1"; }

# The server's programs: of the version the data was made with, else 15, else the newest.
postgres_bin() {
    local version folder data
    data=$(postgres_data "$1")
    version=$(as_user "$PG_USER" cat "$data/PG_VERSION" 2>/dev/null || printf 15)
    folder="/usr/lib/postgresql/$version/bin"
    if [[ ! -x $folder/postgres && ! -e $data/PG_VERSION ]]; then
        folder=$(find /usr/lib/postgresql -mindepth 2 -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -n 1)
    fi
    [[ -x $folder/postgres ]] || die "PostgreSQL $version is not installed under /usr/lib/postgresql"
    printf '%s' "$folder"
}

# psql on a server as the stack's superuser; the password does not show in the process list. What the stack does for itself
# waits for no standby: it may be about to make one.
postgres_admin_at() {
    local server=$1
    shift
    PGPASSWORD="$POSTGRES_PASSWORD" PGCONNECT_TIMEOUT=5 PGOPTIONS='-c synchronous_commit=local' psql -X -q -v ON_ERROR_STOP=1 \
        -h 127.0.0.1 -p "$(postgres_port "$server")" -U postgres "$@"
}

# The same on the server that takes writes.
postgres_admin() { postgres_admin_at "$PRIMARY" "$@"; }

postgres_create() {
    local bin data fresh folder="$RUN_DIR/$1"
    data=$(postgres_data "$1")
    fresh="$data.new"
    as_user "$PG_USER" test -e "$data/PG_VERSION" && return 0
    bin=$(postgres_bin "$1")
    say "$1: creating the data folder"
    as_user "$PG_USER" rm -rf "$fresh" "$data"
    put_file "$PG_USER" "$folder/password" <<<"$POSTGRES_PASSWORD"
    # Text is compared byte by byte (as the product sorts its keys), letters are those of Unicode. Checksums: a
    # page the disk changed is found, not served.
    if ! (cd "$folder" && as_user "$PG_USER" "$bin/initdb" -D "$fresh" -U postgres -E UTF8 --lc-collate=C --lc-ctype=C.UTF-8 \
        --lc-messages=C --lc-monetary=C --lc-numeric=C --lc-time=C \
        --data-checksums -A scram-sha-256 --pwfile="$folder/password") >>"$STACK_DIR/log/$1.log" 2>&1; then
        tail -n 20 "$STACK_DIR/log/$1.log" >&2
        return 1
    fi
    as_user "$PG_USER" rm -f "$folder/password"
    # shellcheck disable=SC2016  # expanded by the inner shell
    as_user "$PG_USER" sh -c 'printf "\ninclude '\''oms.conf'\''\n" >>"$1/postgresql.conf" && sync "$1/postgresql.conf" && mv "$1" "$2"' sh "$fresh" "$data"
}

postgres_configure() {
    local file
    file="$(postgres_data "$1")/oms.conf"
    {
        cat "$OMS_LIB/postgresql.conf"
        printf '\nport = %s\n' "$(postgres_port "$1")"
        if [[ -n $CLUSTER ]]; then replication_settings "$1"; fi
    } | put_file "$PG_USER" "$file"
}

postgres_start() {
    local bin
    process_alive "$1" && return 0
    bin=$(postgres_bin "$1")
    postgres_configure "$1"
    process_start "$1" "$PG_USER" "$RUN_DIR/$1" -- "$bin/postgres" -D "$(postgres_data "$1")"
}

postgres_ready() {
    pg_isready -q -h 127.0.0.1 -p "$(postgres_port "$1")" -U postgres -d postgres -t 2
}

# Two roles. oms_owner owns the database, migrates it and may create others (the tests do). oms_app is what
# workers run as: rows, and no definitions. The default privileges stand in template1 too, so that a database
# oms_owner creates gives oms_app the same.
postgres_provision() {
    local grants="
        ALTER DEFAULT PRIVILEGES FOR ROLE oms_owner GRANT USAGE ON SCHEMAS TO oms_app;
        ALTER DEFAULT PRIVILEGES FOR ROLE oms_owner GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO oms_app;
        ALTER DEFAULT PRIVILEGES FOR ROLE oms_owner GRANT USAGE, SELECT ON SEQUENCES TO oms_app;
        ALTER DEFAULT PRIVILEGES FOR ROLE oms_owner GRANT EXECUTE ON FUNCTIONS TO oms_app;"
    postgres_admin -d postgres -o /dev/null <<SQL
SELECT 'CREATE ROLE oms_owner' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'oms_owner') \gexec
SELECT 'CREATE ROLE oms_app' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'oms_app') \gexec
ALTER ROLE oms_owner LOGIN CREATEDB NOSUPERUSER NOCREATEROLE PASSWORD '$OWNER_PASSWORD';
ALTER ROLE oms_app LOGIN NOCREATEDB NOSUPERUSER NOCREATEROLE PASSWORD '$APP_PASSWORD';
SQL
    postgres_admin -d template1 -o /dev/null <<<"$grants"
    postgres_admin -d postgres -o /dev/null <<SQL
SELECT 'CREATE DATABASE oms OWNER oms_owner' WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'oms') \gexec
SQL
    postgres_admin -d oms -o /dev/null <<<"SET client_min_messages = warning; CREATE EXTENSION IF NOT EXISTS pg_stat_statements;"
}
