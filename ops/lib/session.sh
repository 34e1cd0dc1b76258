# A release build on a fresh stack of its own, for ops/demo and ops/bench. Sourced after common.sh.
# shellcheck shell=bash

# shellcheck source=lib/install.sh
. "$OMS_LIB/install.sh"
# shellcheck source=lib/build.sh
. "$OMS_LIB/build.sh"

OMS_PROGRAM=""
keep=""
# A function to call before the stack is stopped.
at_session_end=""

# Sets OMS_PROGRAM: what OMS_BIN names, else a release build, made now.
find_program() {
    if [[ -n ${OMS_BIN:-} ]]; then
        OMS_PROGRAM=$(absolute_path "$OMS_BIN")
        [[ -x $OMS_PROGRAM ]] || die "OMS_BIN names no program: $OMS_BIN"
        return
    fi
    ensure_packages "$OMS_ROOT/.stack/install.log" build run
    build_product "$OMS_ROOT/.stack/build.log" -c release --product oms
    OMS_PROGRAM="$(swift build --package-path "$OMS_ROOT" -c release --show-bin-path)/oms"
}

# fresh_session NAME [ARGUMENTS OF ops/stack up]: builds, starts an empty stack in .stack/NAME, exports its settings, prepares database and
# broker. The stack is stopped when the script ends, however it ends, unless `keep` is set.
fresh_session() {
    local settings
    export OMS_STACK_DIR="$OMS_ROOT/.stack/$1"
    shift
    find_program
    trap end_session EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
    "$OMS_ROOT/ops/stack" destroy --keep-logs 2>/dev/null
    "$OMS_ROOT/ops/stack" up "$@"
    settings=$("$OMS_ROOT/ops/stack" env)
    eval "$settings"
    say "preparing the database and the broker"
    "$OMS_PROGRAM" migrate >&2
    "$OMS_PROGRAM" topology apply >&2
}

end_session() {
    local status=$?
    trap '' INT TERM
    end_running
    if [[ -n $at_session_end ]]; then "$at_session_end"; fi
    if [[ -n $keep ]]; then
        say "the stack is left running:  eval \"\$(OMS_STACK_DIR=$(single_quoted "$OMS_STACK_DIR") ops/stack env)\""
        say "to end it:                  OMS_STACK_DIR=$(single_quoted "$OMS_STACK_DIR") ops/stack down"
    else
        "$OMS_ROOT/ops/stack" down || true
    fi
    exit "$status"
}
