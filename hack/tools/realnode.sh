# What a real node needs of the machine. Source it after lib.sh and build.sh.
# shellcheck shell=bash

# real_node_programs: what must be on PATH, and the Debian package that has it.
real_node_programs() {
  echo "ip iproute2"
  echo "nft nftables"
  echo "iptables iptables"
  echo "ipset ipset"
  echo "mount mount"
  [ -d "$(group_folder runc)" ] || {
    echo "gcc gcc"
    echo "pkg-config pkg-config"
  }
}

# real_node_packages: the Debian packages that are missing, one a line.
real_node_packages() {
  local program package
  while read -r program package; do
    command -v "$program" >/dev/null || echo "$package"
  done < <(real_node_programs)
  [ -d "$(group_folder runc)" ] || pkg-config --exists libseccomp 2>/dev/null || echo libseccomp-dev
}

# require_real_node: ends with every reason why no real node can run here.
require_real_node() {
  local obstacles
  obstacles=$(real_node_obstacles)
  [ -z "$obstacles" ] || die "no real node can run here:
$obstacles"
}

# real_node_obstacles: one line for each reason why no real node can run here; nothing when it can.
real_node_obstacles() {
  if [ "$(uname -s)" != Linux ]; then
    echo "a real node needs Linux; this is $(uname -s)"
    return
  fi
  if [ "$(id -u)" != 0 ]; then
    echo "a real node needs root; run as root, for example by sudo"
    return
  fi
  local packages
  packages=$(real_node_packages | paste -s -d ' ' -)
  if [ -n "$packages" ]; then
    echo "programs or libraries are missing; install (Debian names): apt-get install $packages"
    return
  fi
  unshare --fork --pid --mount --net --ipc --uts true 2>/dev/null ||
    echo "this process may not make namespaces; in a container, run it privileged"
  local group=/sys/fs/cgroup/memory/comptroller-check # of the older version, which has a folder a controller
  [ ! -f /sys/fs/cgroup/cgroup.controllers ] || group=/sys/fs/cgroup/comptroller-check
  mkdir "$group" 2>/dev/null ||
    echo "control groups below /sys/fs/cgroup cannot be made; in a container, run it privileged with its own control groups"
  rmdir "$group" 2>/dev/null || true
  unshare --net nft 'add table ip check { chain c { type nat hook prerouting priority 0; }; }' 2>/dev/null ||
    echo "the kernel has no nftables with NAT (CONFIG_NF_TABLES, CONFIG_NFT_NAT), which kube-proxy needs"
  unshare --net sh -c 'ipset create check hash:ip && iptables -A FORWARD -m set --match-set check src -m comment --comment c -j ACCEPT' \
    >/dev/null 2>&1 || echo "the kernel has no sets for iptables (CONFIG_IP_SET, CONFIG_NETFILTER_XT_SET), which kube-router needs"
}
