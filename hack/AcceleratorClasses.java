import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Prints AcceleratorClass objects for a table of products and a table of their partitions. A blank
 * cell is unknown and leaves its field out; it is never zero.
 */
public final class AcceleratorClasses {
  private static final String PRODUCT_LABEL = "nvidia.com/gpu.product";
  private static final Map<String, String> FORMATS = new LinkedHashMap<>();

  static {
    FORMATS.put("bf16", "bf16_dense_tflops");
    FORMATS.put("fp8", "fp8_dense_tflops");
    FORMATS.put("fp4", "fp4_dense_tflops");
    FORMATS.put("tf32", "tf32_tflops");
    FORMATS.put("fp32", "fp32_tflops");
    FORMATS.put("fp64", "fp64_tflops");
  }

  /** A share of an accelerator in lowest terms. */
  private record Fraction(BigInteger part, BigInteger whole) implements Comparable<Fraction> {
    static Fraction parse(String text) {
      String[] numbers = text.split("/");
      if (numbers.length != 2) {
        throw new IllegalArgumentException("a share is written like 1/7, found " + text);
      }
      BigInteger part = new BigInteger(numbers[0]);
      BigInteger whole = new BigInteger(numbers[1]);
      BigInteger divisor = part.gcd(whole);
      return new Fraction(part.divide(divisor), whole.divide(divisor));
    }

    @Override
    public int compareTo(Fraction other) {
      return part.multiply(other.whole).compareTo(other.part.multiply(whole));
    }

    @Override
    public String toString() {
      return whole.equals(BigInteger.ONE) ? part.toString() : part + "/" + whole;
    }
  }

  private AcceleratorClasses() {}

  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 2) {
      System.err.println("usage: accelerator-classes [PRODUCTS.csv PARTITIONS.csv]");
      System.exit(1);
    }
    List<Map<String, String>> partitions = table(Path.of(arguments[1]));
    StringBuilder yaml =
        new StringBuilder("# Generated from the tables in docs/data by hack/accelerator-classes: change those.\n");
    for (Map<String, String> product : table(Path.of(arguments[0]))) {
      List<Map<String, String>> parts =
          partitions.stream()
              .filter(part -> Arrays.asList(part.get("products").split("\\|")).contains(product.get("product")))
              .toList();
      write(product, parts, yaml);
    }
    System.out.print(yaml);
  }

  /** Rows by column name. The last column may hold commas; no cell is quoted. */
  private static List<Map<String, String>> table(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    String[] columns = lines.getFirst().split(",");
    List<Map<String, String>> rows = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",", columns.length);
      if (cells.length != columns.length) {
        throw new IllegalArgumentException(
            file + ": expected " + columns.length + " cells, found " + cells.length + ": " + line);
      }
      Map<String, String> row = new LinkedHashMap<>();
      for (int i = 0; i < columns.length; i++) {
        row.put(columns[i], cells[i]);
      }
      rows.add(row);
    }
    return rows;
  }

  /** One class for each node label; the row's memory, and with it the partitions, are those of its first label. */
  private static void write(Map<String, String> product, List<Map<String, String>> parts, StringBuilder yaml) {
    String[] labels = product.get("gfd_product_label").split("\\|");
    for (int i = 0; i < labels.length; i++) {
      String name = labels.length == 1 ? product.get("vendor") + "-" + product.get("product") : labels[i];
      yaml.append("---\napiVersion: comptroller.dev/v1alpha1\nkind: AcceleratorClass\nmetadata:\n");
      yaml.append("  name: ").append(objectName(name)).append("\nspec:\n");
      yaml.append("  vendor: ").append(product.get("vendor")).append('\n');
      yaml.append("  resource: ").append(product.get("k8s_resource")).append('\n');
      writeLabel(labels[i], yaml);
      yaml.append("  weight: \"1\"\n");
      if (i == 0 && !product.get("memory_gib").isBlank()) {
        yaml.append("  memory: ").append(product.get("memory_gib")).append("Gi\n");
      }
      writePeaks(product, yaml);
      writePartitions(i == 0 ? parts : List.of(), yaml);
    }
  }

  private static void writeLabel(String label, StringBuilder yaml) {
    if (label.isBlank()) {
      return;
    }
    String[] keyAndValue = label.split("=", 2);
    String key = keyAndValue.length == 2 ? keyAndValue[0] : PRODUCT_LABEL;
    yaml.append("  nodeLabels: {").append(key).append(": ").append(keyAndValue[keyAndValue.length - 1]).append("}\n");
  }

  private static void writePeaks(Map<String, String> product, StringBuilder yaml) {
    List<String> peaks = new ArrayList<>();
    FORMATS.forEach(
        (format, column) -> {
          if (!product.get(column).isBlank()) {
            peaks.add(format + ": \"" + product.get(column) + "e12\"");
          }
        });
    if (!peaks.isEmpty()) {
      yaml.append("  peakDense: {").append(String.join(", ", peaks)).append("}\n");
    }
  }

  private static void writePartitions(List<Map<String, String>> parts, StringBuilder yaml) {
    if (!parts.isEmpty()) {
      yaml.append("  partitions:\n");
    }
    for (Map<String, String> part : parts) {
      Fraction compute = Fraction.parse(part.get("compute_share"));
      Fraction memory = Fraction.parse(part.get("memory_share"));
      Fraction weight = compute.compareTo(memory) >= 0 ? compute : memory;
      yaml.append("    - {resource: ").append(part.get("k8s_resource"));
      yaml.append(", weight: \"").append(weight).append("\"}\n");
    }
  }

  private static String objectName(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
  }
}
