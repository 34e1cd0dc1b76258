# Installs the Debian packages that are missing. Sourced after common.sh.
# shellcheck shell=bash

# The packages of the given groups that are not installed.
missing_packages() {
    local group package _
    while read -r group package _; do
        [[ $group == \#* || -z $group ]] && continue
        [[ " $* " == *" $group "* ]] || continue
        [[ $(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null) == installed ]] || printf '%s\n' "$package"
    done <"$OMS_LIB/packages.txt"
}

as_root() {
    if [[ $EUID -eq 0 ]]; then
        "$@"
    else
        sudo -n true 2>/dev/null || say "sudo asks for your password to install packages"
        sudo "$@"
    fi
}

# apt-get, without questions and without starting a single service: the stack brings up servers of its own, and a
# machine that had none must not end up with a system-wide one listening. Debian asks /usr/sbin/policy-rc.d
# before it starts anything; 101 means "not now".
quiet_apt_install() {
    # shellcheck disable=SC2016  # expanded by the inner shell
    as_root env DEBIAN_FRONTEND=noninteractive sh -euc '
        policy=/usr/sbin/policy-rc.d ours= masked=
        cleanup() { [ -z "$ours" ] || rm -f "$policy"; }
        trap cleanup EXIT
        trap "exit 130" INT TERM
        if [ ! -e "$policy" ]; then
            printf "#!/bin/sh\nexit 101\n" >"$policy"
            chmod 755 "$policy"
            ours=1
        fi
        # A new postgresql package would create a cluster "main"; one that is there already stays as it is.
        if ! dpkg-query -W postgresql-common >/dev/null 2>&1 && [ ! -e /etc/postgresql-common/createcluster.conf ]; then
            mkdir -p /etc/postgresql-common
            printf "create_main_cluster = false\n" >/etc/postgresql-common/createcluster.conf
        fi
        dpkg-query -W -f="\${db:Status-Status}" rabbitmq-server 2>/dev/null | grep -q installed || masked=1
        apt-get update -qq
        apt-get install -y -qq --no-install-recommends -o Dpkg::Options::=--force-confold "$@"
        # Nor shall a broker that came with this installation start at the next boot.
        if [ -n "$masked" ] && [ -e /lib/systemd/system/rabbitmq-server.service ] && command -v systemctl >/dev/null; then
            systemctl disable --quiet rabbitmq-server.service epmd.socket 2>/dev/null || true
        fi
    ' sh "$@"
}

# ensure_packages LOG GROUP…: nothing to do is the usual case, and costs a few milliseconds.
ensure_packages() {
    local log=$1 missing
    shift
    command -v dpkg-query >/dev/null || die "this installs packages on Debian 12 only; elsewhere install what ops/lib/packages.txt names and have dpkg-query report it"
    mapfile -t missing < <(missing_packages "$@")
    [[ ${#missing[@]} -eq 0 ]] && return 0
    if [[ $EUID -ne 0 ]] && ! command -v sudo >/dev/null; then
        die "packages are missing and neither root nor sudo is at hand; as root: apt-get install --no-install-recommends ${missing[*]}"
    fi
    with_log "installing with apt: ${missing[*]}" "$log" quiet_apt_install "${missing[@]}" ||
        die "the packages could not be installed"
}

require_swift() {
    command -v swift >/dev/null || die "no 'swift' on the PATH: install Swift 6.2 or newer (https://www.swift.org/install/linux/)"
}
