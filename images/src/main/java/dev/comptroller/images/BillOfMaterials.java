package dev.comptroller.images;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Lists everything in an image, as CycloneDX JSON. */
final class BillOfMaterials {
  private BillOfMaterials() {}

  /**
   * The bill of an image.
   *
   * @param program the bill that Maven made of the program: its jars
   * @param others what the image holds beside them
   */
  static ObjectNode of(Image image, ObjectNode program, List<Component> others) {
    ObjectNode bill = program.deepCopy();
    // Two images of one program have two bills.
    bill.remove("serialNumber");
    ObjectNode subject = bill.withObject("/metadata/component");
    ObjectNode module = subject.deepCopy();
    subject.removeAll();
    subject
        .put("type", "container")
        .put("bom-ref", module.path("bom-ref").asText())
        .put("name", image.name())
        .put("version", image.digest().value());
    module.remove("bom-ref");
    ArrayNode components = bill.withArray("/components");
    components.insert(0, module);
    others.forEach(component -> components.add(component.toCycloneDx()));
    return bill;
  }
}
