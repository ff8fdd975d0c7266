package dev.comptroller.bench.rules;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.bench.Bundled;
import dev.comptroller.core.object.KubernetesObject;

/** Objects that are priced. */
public enum Subject {
  /** A Job with one container that needs GPUs. */
  JOB("job.yaml"),
  /** The same, but for shares of GPUs, whose worth the labels of nodes tell. */
  SHARED_GPU_JOB("shared-gpu-job.yaml"),
  /** A Deployment with an autoscaler, where there are any. */
  DEPLOYMENT("deployment.yaml"),
  /** A RayJob whose cluster has four groups of workers, which are scaled. */
  RAY_JOB("ray-job.yaml"),
  /** A Pod with eight resource claims. */
  POD_WITH_8_CLAIMS("pod-with-claims.yaml"),
  /** A JobSet of 64 replicated jobs, each with a template of its own. */
  JOB_SET_OF_64("job-set.yaml") {
    @Override
    KubernetesObject object() {
      KubernetesObject set = super.object();
      ArrayNode jobs = (ArrayNode) set.spec().path("replicatedJobs");
      ObjectNode job = (ObjectNode) jobs.get(0);
      for (int i = 1; i < 64; i++) {
        jobs.add(job.deepCopy().put("name", "workers-" + i));
      }
      return set;
    }
  };

  private final String file;

  Subject(String file) {
    this.file = file;
  }

  /** The object, made anew. */
  KubernetesObject object() {
    return Bundled.object("rules/" + file);
  }
}
