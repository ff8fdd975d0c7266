{{- define "comptroller.fullname" -}}
{{- if contains .Chart.Name .Release.Name -}}
{{- .Release.Name | trunc 50 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name .Chart.Name | trunc 50 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{/* Names of the two programs' objects: Deployment, ServiceAccount, roles. */}}
{{- define "comptroller.operator" -}}{{ include "comptroller.fullname" . }}-operator{{- end -}}
{{- define "comptroller.webhook" -}}{{ include "comptroller.fullname" . }}-webhook{{- end -}}

{{/* The user that the operator is to the API server. */}}
{{- define "comptroller.operatorUser" -}}
system:serviceaccount:{{ .Release.Namespace }}:{{ include "comptroller.operator" . }}
{{- end -}}

{{/* The user that the webhook is to the API server. */}}
{{- define "comptroller.webhookUser" -}}
system:serviceaccount:{{ .Release.Namespace }}:{{ include "comptroller.webhook" . }}
{{- end -}}

{{- define "comptroller.labels" -}}
app.kubernetes.io/name: comptroller
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end -}}

{{/* Labels that select the pods of one component: include ... (list . "operator") */}}
{{- define "comptroller.selector" -}}
{{- $root := index . 0 -}}
app.kubernetes.io/name: comptroller
app.kubernetes.io/instance: {{ $root.Release.Name }}
app.kubernetes.io/component: {{ index . 1 }}
{{- end -}}

{{/* Image reference: include ... (list . .Values.operator.image) */}}
{{- define "comptroller.image" -}}
{{- $root := index . 0 -}}
{{- $image := index . 1 -}}
{{- if $image.digest -}}
{{- printf "%s@%s" $image.repository $image.digest -}}
{{- else -}}
{{- printf "%s:%s" $image.repository ($image.tag | default $root.Chart.AppVersion) -}}
{{- end -}}
{{- end -}}

{{/* Names of the namespaces that are never governed, as a JSON list. */}}
{{- define "comptroller.excludedNamespaces" -}}
{{- concat (list "kube-system" .Release.Namespace) .Values.excludedNamespaces | uniq | toJson -}}
{{- end -}}

{{- define "comptroller.podSecurityContext" -}}
runAsNonRoot: true
runAsUser: 65532
runAsGroup: 65532
fsGroup: 65532
seccompProfile: {type: RuntimeDefault}
{{- end -}}

{{- define "comptroller.securityContext" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: {drop: [ALL]}
{{- end -}}

{{/* Affinity that keeps replicas of one component on different nodes where it can: include ... (list . "operator") */}}
{{- define "comptroller.spread" -}}
podAntiAffinity:
  preferredDuringSchedulingIgnoredDuringExecution:
  - weight: 100
    podAffinityTerm:
      topologyKey: kubernetes.io/hostname
      labelSelector:
        matchLabels: {{- include "comptroller.selector" . | nindent 10 }}
{{- end -}}

{{/* A budget that lets one replica go at a time, as a document of its own: include ... (list . "operator" REPLICAS) */}}
{{- define "comptroller.disruptionBudget" -}}
{{- $root := index . 0 -}}
{{- $component := index . 1 -}}
{{- if gt (int (index . 2)) 1 }}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: {{ include (print "comptroller." $component) $root }}
  namespace: {{ $root.Release.Namespace }}
  labels: {{- include "comptroller.labels" $root | nindent 4 }}
spec:
  maxUnavailable: 1
  selector:
    matchLabels: {{- include "comptroller.selector" (list $root $component) | nindent 6 }}
{{- end }}
{{- end -}}

{{/* What prices depend on beside the objects themselves: held in memory by both programs. */}}
{{- define "comptroller.surroundings" -}}
# What prices depend on beside the objects themselves, held in memory. Kinds that are not installed do no harm.
- apiGroups: [""]
  resources: [nodes, limitranges]
  verbs: [list, watch]
- apiGroups: [node.k8s.io]
  resources: [runtimeclasses]
  verbs: [list, watch]
- apiGroups: [autoscaling]
  resources: [horizontalpodautoscalers]
  verbs: [list, watch]
- apiGroups: [keda.sh]
  resources: [scaledobjects]
  verbs: [list, watch]
- apiGroups: [resource.k8s.io]
  resources: [deviceclasses, resourceslices, resourceclaims, resourceclaimtemplates]
  verbs: [list, watch]
- apiGroups: [trainer.kubeflow.org]
  resources: [trainingruntimes, clustertrainingruntimes]
  verbs: [list, watch]
- apiGroups: [serving.kserve.io]
  resources: [servingruntimes, clusterservingruntimes]
  verbs: [list, watch]
{{- end -}}
