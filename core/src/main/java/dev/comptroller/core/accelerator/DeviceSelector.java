package dev.comptroller.core.accelerator;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which devices expressions in CEL may choose. Comparisons of driver and text attributes are
 * understood; of anything else nobody knows, so it may choose any device.
 */
public final class DeviceSelector {
  private static final Pattern DRIVER =
      Pattern.compile("device\\.driver\\s*==\\s*[\"']([^\"']*)[\"']");
  private static final Pattern ATTRIBUTE =
      Pattern.compile(
          "device\\.attributes\\[[\"']([^\"']*)[\"']\\]\\.([A-Za-z0-9_]+)\\s*==\\s*[\"']([^\"']*)[\"']");

  private final List<String> drivers = new ArrayList<>();
  private final List<Attribute> attributes = new ArrayList<>();

  private record Attribute(String domain, String name, String value) {}

  /**
   * @param expressions all of which have to hold
   */
  public DeviceSelector(List<String> expressions) {
    for (String expression : expressions) {
      for (String condition : expression.split("&&", -1)) {
        Matcher ofDriver = DRIVER.matcher(condition.strip());
        Matcher ofAttribute = ATTRIBUTE.matcher(condition.strip());
        if (ofDriver.matches()) {
          drivers.add(ofDriver.group(1));
        } else if (ofAttribute.matches()) {
          attributes.add(
              new Attribute(ofAttribute.group(1), ofAttribute.group(2), ofAttribute.group(3)));
        }
      }
    }
  }

  /** Whether it may choose this device. */
  public boolean mayChoose(PublishedDevice device) {
    for (String driver : drivers) {
      if (!device.driver().equals(driver)) {
        return false;
      }
    }
    for (Attribute attribute : attributes) {
      if (!device.attribute(attribute.domain, attribute.name).equals(attribute.value)) {
        return false;
      }
    }
    return true;
  }
}
