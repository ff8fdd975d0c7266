package dev.comptroller.core.governor;

import dev.comptroller.api.v1alpha1.GovernancePolicy;
import dev.comptroller.core.Manifest;
import dev.comptroller.core.accelerator.AcceleratorCatalogue;
import dev.comptroller.core.accelerator.Catalogues;
import dev.comptroller.core.derivation.ControllerIdentities;
import dev.comptroller.core.object.KindReader;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.object.Lookup;
import dev.comptroller.core.object.ObjectKey;
import dev.comptroller.core.workload.Surroundings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A cluster in memory, for tests. */
final class TestCluster implements ClusterView {
  static final String UID = "0d0f64b1-6ce5-4b8c-a3f5-5a5c1a1f0c01";
  static final String OPERATOR = "system:serviceaccount:comptroller:operator";
  static final String JOB_CONTROLLER = "system:serviceaccount:kube-system:job-controller";
  static final String DEPLOYMENT_CONTROLLER =
      "system:serviceaccount:kube-system:deployment-controller";
  static final String REPLICASET_CONTROLLER =
      "system:serviceaccount:kube-system:replicaset-controller";

  private final List<GovernancePolicy> policies = new ArrayList<>();
  private final List<KubernetesObject> approvals = new ArrayList<>();
  private final Map<ObjectKey, KubernetesObject> objects = new HashMap<>();
  private final Map<String, Set<String>> controllers =
      new HashMap<>(
          Map.of(
              "comptroller.dev/TrainingRun", Set.of(OPERATOR),
              "comptroller.dev/ModelDeployment", Set.of(OPERATOR),
              "batch/Job", Set.of(JOB_CONTROLLER),
              "apps/Deployment", Set.of(DEPLOYMENT_CONTROLLER),
              "apps/ReplicaSet", Set.of(REPLICASET_CONTROLLER)));
  private Surroundings surroundings = Surroundings.UNKNOWN;
  private boolean synced = true;
  private boolean reachable = true;

  TestCluster with(GovernancePolicy policy) {
    policies.add(policy);
    return this;
  }

  TestCluster with(String policy) {
    return with(KindReader.STRICT.policy(Manifest.of(policy)));
  }

  TestCluster withApproval(KubernetesObject approval) {
    approvals.add(approval);
    return this;
  }

  TestCluster withObject(KubernetesObject object) {
    objects.put(object.key(), object);
    return this;
  }

  TestCluster naming(String owner, Set<String> users) {
    controllers.put(owner, users);
    return this;
  }

  TestCluster around(Surroundings objects) {
    surroundings = objects;
    return this;
  }

  TestCluster cold() {
    synced = false;
    return this;
  }

  TestCluster unreachable() {
    reachable = false;
    return this;
  }

  @Override
  public boolean synced() {
    return synced;
  }

  @Override
  public List<GovernancePolicy> policies() {
    return List.copyOf(policies);
  }

  @Override
  public AcceleratorCatalogue accelerators() {
    return Catalogues.NVIDIA;
  }

  @Override
  public Surroundings surroundings() {
    return surroundings;
  }

  @Override
  public Lookup<List<KubernetesObject>> approvals(String namespace) {
    return reachable
        ? new Lookup.Found<>(
            approvals.stream().filter(found -> found.namespace().equals(namespace)).toList())
        : new Lookup.Unavailable<>("connection refused");
  }

  @Override
  public Lookup<KubernetesObject> object(ObjectKey key) {
    if (!reachable) {
      return new Lookup.Unavailable<>("connection refused");
    }
    KubernetesObject object = objects.get(key);
    return object == null ? new Lookup.Missing<>() : new Lookup.Found<>(object);
  }

  @Override
  public String clusterUid() {
    return UID;
  }

  @Override
  public ControllerIdentities identities() {
    return new ControllerIdentities(controllers);
  }
}
