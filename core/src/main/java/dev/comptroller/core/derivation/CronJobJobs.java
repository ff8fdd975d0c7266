package dev.comptroller.core.derivation;

import dev.comptroller.core.object.KubernetesObject;

/** A CronJob's Jobs are its template. */
final class CronJobJobs implements Relation {
  @Override
  public Comparison compare(KubernetesObject job, KubernetesObject cronJob) {
    return new Comparison(
        Forms.spec("batch/v1", "Job", job.spec()),
        Forms.spec("batch/v1", "Job", cronJob.spec().at("/jobTemplate/spec")));
  }
}
