package org.keywarden.benchmarks.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

final class PlotTest {
  private static Document parsed(String svg)
      throws ParserConfigurationException, IOException, SAXException {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void aSlowerMedianStandsFurtherRight()
      throws ParserConfigurationException, IOException, SAXException {
    Document svg =
        parsed(
            Plot.of(
                List.of(
                    Row.of("Whole path", "Keywarden <a&b>", "us", "", 100),
                    Row.of("Whole path", "other", "us", "", 1_000)),
                "Keywarden"));
    Element ours = (Element) svg.getElementsByTagName("circle").item(0);
    Element other = (Element) svg.getElementsByTagName("circle").item(1);
    double first = Double.parseDouble(ours.getAttribute("cx"));
    double second = Double.parseDouble(other.getAttribute("cx"));
    assertTrue(first < second, first + " " + second);
    assertTrue(!ours.getAttribute("fill").equals(other.getAttribute("fill")), "ours stands out");
    assertEquals(2, svg.getElementsByTagName("circle").getLength());
  }
}
