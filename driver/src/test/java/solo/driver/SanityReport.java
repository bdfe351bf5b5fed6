package solo.driver;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/** What csi-sanity reports, by outcome. Cases that are merely set-up do not count. */
record SanityReport(List<String> passed, Map<String, List<String>> skippedByReason, List<String> failed) {

    static SanityReport read(Path file) throws IOException {
        var passed = new ArrayList<String>();
        var skipped = new TreeMap<String, List<String>>();
        var failed = new ArrayList<String>();
        try {
            var cases = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(file.toFile())
                    .getElementsByTagName("testcase");
            for (int i = 0; i < cases.getLength(); i++) {
                Element test = (Element) cases.item(i);
                String name = test.getAttribute("name");
                if (!name.startsWith("[It]")) {
                    continue;
                }
                switch (test.getAttribute("status")) {
                    case "passed" -> passed.add(name);
                    case "skipped", "pending" ->
                        skipped.computeIfAbsent(reason(test), _ -> new ArrayList<>())
                                .add(name);
                    default -> failed.add(name);
                }
            }
        } catch (ParserConfigurationException | SAXException unreadable) {
            throw new IOException("not a JUnit report: " + file, unreadable);
        }
        return new SanityReport(passed, skipped, failed);
    }

    int skipped() {
        return skippedByReason.values().stream().mapToInt(List::size).sum();
    }

    String summary() {
        String reasons = skippedByReason.entrySet().stream()
                .sorted(Comparator.comparingInt(entry -> -entry.getValue().size()))
                .map(entry -> "\n    " + entry.getValue().size() + " x " + entry.getKey())
                .collect(Collectors.joining());
        return passed.size() + " passed, " + failed.size() + " failed, " + skipped() + " skipped" + reasons;
    }

    private static String reason(Element test) {
        var skipped = test.getElementsByTagName("skipped");
        return skipped.getLength() == 0 ? "pending" : ((Element) skipped.item(0)).getAttribute("message");
    }
}
