package org.keywarden.hardening;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;

/** The JVM this runs on. */
final class HotSpot implements VirtualMachine {
  @Override
  public boolean isOn(String option) {
    return Boolean.parseBoolean(
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
            .getVMOption(option)
            .getValue());
  }

  @Override
  public List<String> arguments() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments();
  }
}
