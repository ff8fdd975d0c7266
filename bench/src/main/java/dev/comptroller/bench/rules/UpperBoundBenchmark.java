package dev.comptroller.bench.rules;

import dev.comptroller.core.accelerator.AcceleratorCatalogue;
import dev.comptroller.core.gpuhours.GpuHours;
import dev.comptroller.core.gpuhours.UpperBound;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.workload.Reading;
import dev.comptroller.core.workload.Surroundings;
import dev.comptroller.core.workload.WorkloadReader;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The bound of an object, with its explanation: what each review and each reconcile computes. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class UpperBoundBenchmark {
  /** What is priced. */
  @Param public Subject subject = Subject.JOB;

  /** What there is around it. */
  @Param public Cluster cluster = Cluster.SMALL;

  private KubernetesObject object = subject.object();
  private Surroundings around = Surroundings.UNKNOWN;
  private AcceleratorCatalogue catalogue = Cluster.catalogue();

  @Setup
  public void prepare() {
    object = subject.object();
    around = cluster.surroundings();
    catalogue = Cluster.catalogue();
  }

  @Benchmark
  public GpuHours bound() {
    if (WorkloadReader.read(object, around) instanceof Reading.Read(var workload)) {
      return UpperBound.of(workload, catalogue, around);
    }
    throw new IllegalStateException(subject + " cannot be read");
  }
}
