#!/usr/bin/env bash
# What ran in a namespace: how much, signed and approved by whom, of which code and data. Then whether the signatures of the
# stored objects still hold, checked here with the keys of one policy, without believing any status.
# Needs the right to read (ClusterRole comptroller-auditor, or view), kubectl and kubectl-comptroller.
#
# usage: report.sh NAMESPACE POLICY
# expect: a line a run; "verified" for each object; exit code 2 where one is not
set -euo pipefail
namespace=${1:?usage: report.sh NAMESPACE POLICY}
policy=${2:?usage: report.sh NAMESPACE POLICY}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

kubectl -n "$namespace" get trainingruns -o custom-columns='RUN:.metadata.name,PHASE:.status.phase,TIER:.status.tier,BOUND:.status.gpuHours.bound,USED:.status.gpuHours.used,SIGNED-BY:.status.signedBy,APPROVED-BY:.status.approvedBy,COMMIT:.spec.source.commit,DATA:.spec.data[*].digest'

kubectl get governancepolicy "$policy" -o yaml >"$work/policy.yaml"
kubectl -n "$namespace" get trainingruns,modeldeployments,approvals -o yaml >"$work/objects.yaml"
kubectl-comptroller verify -f "$work/objects.yaml" --policy "$work/policy.yaml" --this-cluster
