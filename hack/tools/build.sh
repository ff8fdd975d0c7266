# Builds the programs of the local control plane from the Go modules in this folder. Source it after lib.sh.
# shellcheck shell=bash
#
# Each group is a module of its own, because their dependencies differ; only kubelet shares that of kubernetes. A built
# group lies in the user's cache in a folder named by the checksum of its sources, so a changed go.mod builds anew and
# several checkouts share what is equal.

# shellcheck disable=SC2154 # lib.sh sets it
tools_dir=$hack_dir/tools
tools_cache=${XDG_CACHE_HOME:-$HOME/.cache}/comptroller/tools
tool_groups="kubernetes etcd kwok opa helm prometheus localplane"
real_node_groups="kubelet containerd runc cni kube-router coredns pods"
# Controllers of other projects and a load generator, built when a test or a benchmark first asks for one.
further_groups="jobset vegeta"

# group_programs GROUP: one line a program: its name, the Go package, and about how long it takes to build with an empty
# cache on two cores.
group_programs() {
  case $1 in
  kubernetes)
    echo "kube-apiserver k8s.io/kubernetes/cmd/kube-apiserver 3min"
    echo "kube-controller-manager k8s.io/kubernetes/cmd/kube-controller-manager 1min"
    echo "kube-scheduler k8s.io/kubernetes/cmd/kube-scheduler 10s"
    echo "kubectl k8s.io/kubernetes/cmd/kubectl 30s"
    ;;
  etcd) echo "etcd go.etcd.io/etcd/server/v3 30s" ;;
  kwok) echo "kwok sigs.k8s.io/kwok/cmd/kwok 1min" ;;
  opa) echo "opa github.com/open-policy-agent/opa 1min" ;;
  helm) echo "helm helm.sh/helm/v4/cmd/helm 1min" ;;
  prometheus)
    echo "promtool github.com/prometheus/prometheus/cmd/promtool 2min"
    echo "prometheus github.com/prometheus/prometheus/cmd/prometheus 3min"
    ;;
  localplane) echo "localplane . 20s" ;;
  kubelet)
    echo "kubelet k8s.io/kubernetes/cmd/kubelet 1min"
    echo "kube-proxy k8s.io/kubernetes/cmd/kube-proxy 15s"
    ;;
  containerd)
    echo "containerd github.com/containerd/containerd/v2/cmd/containerd 1min"
    echo "containerd-shim-runc-v2 github.com/containerd/containerd/v2/cmd/containerd-shim-runc-v2 5s"
    echo "ctr github.com/containerd/containerd/v2/cmd/ctr 10s"
    ;;
  runc) echo "runc github.com/opencontainers/runc 30s" ;;
  cni)
    echo "ptp github.com/containernetworking/plugins/plugins/main/ptp 10s"
    echo "host-local github.com/containernetworking/plugins/plugins/ipam/host-local 5s"
    echo "loopback github.com/containernetworking/plugins/plugins/main/loopback 5s"
    ;;
  kube-router) echo "kube-router github.com/cloudnativelabs/kube-router/v2/cmd/kube-router 2min" ;;
  coredns) echo "coredns . 1min" ;;
  jobset) echo "jobset sigs.k8s.io/jobset 2min" ;;
  vegeta) echo "vegeta github.com/tsenart/vegeta/v12 20s" ;;
  pods)
    echo "pause ./pause 5s"
    echo "echo ./echo 10s"
    echo "line ./line 5s"
    ;;
  *) die "no group of tools is named '$1'; there are: $tool_groups $real_node_groups $further_groups" ;;
  esac
}

# group_module GROUP: the folder of the Go module that pins what GROUP builds.
group_module() {
  case $1 in
  kubelet) echo kubernetes ;;
  *) echo "$1" ;;
  esac
}

# group_of PROGRAM: the group that builds PROGRAM; fails when there is none.
group_of() {
  local group
  for group in $tool_groups $real_node_groups $further_groups; do
    case $'\n'$(group_programs "$group") in
    *$'\n'"$1 "*)
      echo "$group"
      return
      ;;
    esac
  done
  return 1
}

# required_version GROUP MODULE: the version that the group's go.mod requires, such as v1.36.3.
required_version() {
  sed -n "s|^\(require \)\{0,1\}[[:space:]]*$2 \(v[^ ]*\).*|\2|p" "$tools_dir/$1/go.mod" | head -n 1
}

# version_flags GROUP: linker flags for programs whose version is not in their source.
version_flags() {
  local version minor package
  case $1 in
  kubernetes | kubelet)
    version=$(required_version kubernetes k8s.io/kubernetes)
    minor=${version#v1.}
    for package in k8s.io/component-base/version k8s.io/client-go/pkg/version; do
      printf -- '-X %s.gitVersion=%s -X %s.gitMajor=1 -X %s.gitMinor=%s ' \
        $package "$version" $package $package "${minor%%.*}"
    done
    ;;
  containerd)
    printf -- '-X github.com/containerd/containerd/v2/version.Version=%s' \
      "$(required_version containerd github.com/containerd/containerd/v2)"
    ;;
  kube-router)
    printf -- '-X github.com/cloudnativelabs/kube-router/v2/pkg/version.Version=%s' \
      "$(required_version kube-router github.com/cloudnativelabs/kube-router/v2)"
    ;;
  helm) printf -- '-X helm.sh/helm/v4/internal/version.version=%s' "$(required_version helm helm.sh/helm/v4)" ;;
  esac
}

sha256() { if command -v sha256sum >/dev/null; then sha256sum; else shasum -a 256; fi; }

# group_folder GROUP: where the built programs of GROUP are, or will be.
group_folder() {
  local sum
  sum=$(find "$tools_dir/$(group_module "$1")" -type f ! -name '*_test.go' | LC_ALL=C sort | xargs cat | sha256)
  echo "$tools_cache/$1-${sum:0:12}"
}

# own_pid, called as $(own_pid): the process id of the calling shell, which in a subshell is not $$.
own_pid() { exec sh -c 'echo "$PPID"'; }

# locked FOLDER COMMAND...: runs COMMAND while no other process builds FOLDER. A lock whose owner has died is taken over.
locked() (
  lock=$1.lock
  shift
  mkdir -p "$(dirname "$lock")"
  waiting=
  until mkdir "$lock" 2>/dev/null; do
    owner=$(cat "$lock/pid" 2>/dev/null || true)
    if [ -n "$owner" ] && ! kill -0 "$owner" 2>/dev/null; then
      rm -rf "$lock"
      continue
    fi
    [ -n "$waiting" ] || progress "waiting for process ${owner:-?}, which is building the same programs (lock: $lock)"
    waiting=yes
    sleep 1
  done
  owner=$(own_pid)
  echo "$owner" >"$lock/pid"
  trap 'rm -rf "$lock"' EXIT
  trap 'exit 130' INT TERM
  "$@"
)

# build_group GROUP FOLDER: builds every program of GROUP and puts FOLDER in place when all are complete. What an
# interrupted build has finished is kept.
build_group() {
  local group=$1 folder=$2 partial=$2.partial name package about count n=0 started elapsed
  [ ! -d "$folder" ] || return 0
  count=$(group_programs "$group" | wc -l)
  mkdir -p "$partial"
  while read -r name package about; do
    n=$((n + 1))
    [ ! -x "$partial/$name" ] || continue
    progress "building $name ($((n)) of $((count)) in $group; about $about the first time, seconds later on)"
    started=$SECONDS
    with_elapsed_time "$name" go_build "$group" "$package" "$partial/$name" ||
      die "building $name failed; the compiler's output is above"
    elapsed=$((SECONDS - started))
    progress "built $name in ${elapsed} s"
  done < <(group_programs "$group")
  mv "$partial" "$folder"
}

# go_build GROUP PACKAGE OUTPUT. Static programs, so that the same cache serves any distribution.
go_build() (
  cd "$tools_dir/$(group_module "$1")" || exit
  c_compiler=0 tags='' static=''
  case $1 in
  prometheus) tags=remove_all_sd ;; # targets are named one by one, so no cloud's client is needed
  containerd) tags=no_btrfs ;;
  runc) c_compiler=1 tags=seccomp,netgo,osusergo static='-extldflags -static' ;; # enters namespaces before Go starts
  esac
  CGO_ENABLED=$c_compiler GOFLAGS='' GOWORK=off go build -trimpath -buildvcs=false -mod=readonly -tags "$tags" \
    -ldflags "-s -w $static $(version_flags "$1")" -o "$3.new" "$2" 2> >(grep -v '^go: downloading ' >&2)
  mv "$3.new" "$3"
)

# with_elapsed_time NAME COMMAND...: runs COMMAND and tells every 20 seconds that it still does.
with_elapsed_time() {
  local name=$1 builder ticker status=0
  shift
  builder=$(own_pid)
  (
    trap 'kill "$sleeper" 2>/dev/null; exit' TERM
    elapsed=0
    while :; do
      sleep 20 &
      sleeper=$!
      wait "$sleeper"
      kill -0 "$builder" 2>/dev/null || exit 0
      elapsed=$((elapsed + 20))
      progress "  still building $name, ${elapsed} s so far"
    done
  ) >/dev/null &
  ticker=$!
  "$@" </dev/null || status=$?
  kill "$ticker" 2>/dev/null || true
  wait "$ticker" 2>/dev/null || true
  return $status
}

# ensure_group GROUP: prints the folder with the built programs of GROUP, after building them where they are missing.
ensure_group() {
  local folder
  folder=$(group_folder "$1")
  if [ ! -d "$folder" ]; then
    need go "to build $1 from source; install Go 1.26 or later (https://go.dev/dl), or set KUBEBUILDER_ASSETS to a folder that holds the programs"
    locked "$folder" build_group "$1" "$folder" || exit
  fi
  echo "$folder"
}

# tool_path PROGRAM: prints the path of PROGRAM: from KUBEBUILDER_ASSETS if it is there, else from the cache, built when
# missing.
tool_path() {
  local name=$1 group folder
  group=$(group_of "$name") || die "no tool is named '$name'; there are: $(tool_names)"
  if [ -x "${KUBEBUILDER_ASSETS:-/nonexistent}/$name" ]; then
    echo "$KUBEBUILDER_ASSETS/$name"
    return
  fi
  folder=$(ensure_group "$group") || exit
  echo "$folder/$name"
}

tool_names() {
  local group
  for group in $tool_groups $real_node_groups $further_groups; do group_programs "$group"; done | cut -d ' ' -f 1 | paste -s -d ' ' -
}
