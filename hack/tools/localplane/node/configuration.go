package node

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
)

// PauseImage is the image that holds a pod's namespaces.
const PauseImage = "local.comptroller.dev/pause:1"

// DNSImage is the image of the cluster's DNS server.
const DNSImage = "local.comptroller.dev/coredns:1"

const (
	containerdSocket = "/run/containerd/containerd.sock"
	nodeInterface    = "eth0"
)

// configuration is the content of the programs' configuration files, by file name.
func (s Spec) configuration() map[string][]byte {
	return map[string][]byte{
		"containerd.toml":  s.containerd(),
		"cni/ptp.conflist": encoded(s.podNetwork()),
		"kubelet.json":     encoded(s.kubelet()),
		"kube-proxy.json":  encoded(s.kubeProxy()),
		"resolv.conf":      []byte("# pods with dnsPolicy Default know no name server\n"),
	}
}

func (s Spec) containerd() []byte {
	binaries := []string{filepath.Dir(s.Programs["ptp"]), filepath.Dir(s.Programs["host-local"]), filepath.Dir(s.Programs["loopback"])}
	quoted := make([]string, 0, len(binaries))
	for _, folder := range unique(binaries) {
		quoted = append(quoted, strconv.Quote(folder))
	}
	return fmt.Appendf(nil, `version = 3
root = %q
state = "/run/containerd"
disabled_plugins = ["io.containerd.nri.v1.nri", "io.containerd.tracing.processor.v1.otlp"]

[grpc]
address = %q

[plugins."io.containerd.cri.v1.images"]
snapshotter = %q
[plugins."io.containerd.cri.v1.images".pinned_images]
sandbox = %q

[plugins."io.containerd.cri.v1.runtime"]
# Without CAP_SYS_RESOURCE no process may get a lower score than its parent has.
restrict_oom_score_adj = true
[plugins."io.containerd.cri.v1.runtime".cni]
bin_dirs = [%s]
conf_dir = %q
[plugins."io.containerd.cri.v1.runtime".containerd.runtimes.runc]
runtime_type = "io.containerd.runc.v2"
[plugins."io.containerd.cri.v1.runtime".containerd.runtimes.runc.options]
BinaryName = %q
SystemdCgroup = false
`, s.path("containerd"), containerdSocket, s.Snapshotter, PauseImage, strings.Join(quoted, ", "), s.path("cni"), s.Programs["runc"])
}

// podNetwork links each pod to the node by a link of its own, so that pods reach each other through the node's packet
// filter, where Services and network policies are.
func (s Spec) podNetwork() any {
	return object{
		"cniVersion": "1.0.0",
		"name":       "comptroller",
		"plugins": []any{object{
			"type": "ptp",
			"ipam": object{
				"type":    "host-local",
				"dataDir": "/run/pod-addresses",
				"ranges":  []any{[]any{object{"subnet": s.Network.Pods().String()}}},
				"routes":  []any{object{"dst": "0.0.0.0/0"}},
			},
		}},
	}
}

func (s Spec) kubelet() any {
	return object{
		"apiVersion": "kubelet.config.k8s.io/v1beta1",
		"kind":       "KubeletConfiguration",
		"address":    s.Network.Node().String(),
		"authentication": object{
			"anonymous": object{"enabled": false},
			"webhook":   object{"enabled": true},
			"x509":      object{"clientCAFile": s.CA},
		},
		"authorization":            object{"mode": "Webhook"},
		"tlsCertFile":              s.Serving.Certificate,
		"tlsPrivateKeyFile":        s.Serving.Key,
		"containerRuntimeEndpoint": "unix://" + containerdSocket,
		"cgroupDriver":             "cgroupfs",
		"cgroupRoot":               s.Network.ControlGroup(),
		"enforceNodeAllocatable":   []string{},
		"failCgroupV1":             false,
		"failSwapOn":               false,
		"clusterDNS":               []string{s.Network.DNS().String()},
		"clusterDomain":            "cluster.local",
		"resolvConf":               s.path("resolv.conf"),
		"podLogsDir":               filepath.Join(s.Logs, "pods"),
		"volumePluginDir":          s.path("volume-plugins"),
		// The machine is shared with whatever else runs on it; pods are not to be evicted because of that.
		"evictionHard": object{
			"memory.available": "100Mi", "nodefs.available": "1%", "imagefs.available": "1%", "nodefs.inodesFree": "1%",
		},
		// No registry has the images, so one that was removed would not come back.
		"imageGCHighThresholdPercent": 100,
		"serializeImagePulls":         false,
	}
}

func (s Spec) kubeProxy() any {
	return object{
		"apiVersion":       "kubeproxy.config.k8s.io/v1alpha1",
		"kind":             "KubeProxyConfiguration",
		"clientConnection": object{"kubeconfig": s.Kubeconfigs["kube-proxy"]},
		"hostnameOverride": s.Name,
		"mode":             "nftables",
		"clusterCIDR":      s.Network.Pods().String(),
		"nftables":         object{"minSyncPeriod": "100ms"},
		// The limits of connection tracking belong to the machine.
		"conntrack": object{"maxPerCore": 0, "min": 0, "tcpEstablishedTimeout": "0s", "tcpCloseWaitTimeout": "0s"},
	}
}

// program is one of the node's programs and how it is called.
type program struct {
	name      string
	arguments []string
}

func (s Spec) runtime() program {
	return program{"containerd", []string{"--config=" + s.path("containerd.toml")}}
}

// agents are the programs that need the container runtime or nothing.
func (s Spec) agents() []program {
	return []program{
		{"kubelet", []string{
			"--config=" + s.path("kubelet.json"),
			"--kubeconfig=" + s.Kubeconfigs["kubelet"],
			"--hostname-override=" + s.Name,
			"--node-ip=" + s.Network.Node().String(),
			"--root-dir=" + s.path("kubelet"),
		}},
		{"kube-proxy", []string{"--config=" + s.path("kube-proxy.json")}},
		// Of kube-router only the part that enforces network policies.
		{"kube-router", []string{
			"--kubeconfig=" + s.Kubeconfigs["kube-router"],
			"--hostname-override=" + s.Name,
			"--run-firewall=true",
			"--run-router=false",
			"--run-service-proxy=false",
			"--run-loadbalancer=false",
			"--enable-cni=false",
			"--service-cluster-ip-range=" + s.Network.Services().String(),
		}},
	}
}

type object = map[string]any

func encoded(value any) []byte {
	content, err := json.MarshalIndent(value, "", "  ")
	if err != nil {
		panic(err) // strings, numbers and lists always encode
	}
	return append(content, '\n')
}

func unique(values []string) []string {
	var result []string
	for _, value := range values {
		if len(result) == 0 || result[len(result)-1] != value {
			result = append(result, value)
		}
	}
	return result
}
