import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.codelibs.opensearch.runner.node.OpenSearchRunnerNode;
import org.opensearch.common.settings.Settings;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.plugins.Plugin;

/** Runs one OpenSearch node until it is terminated: `java -cp ... OneNode.java HOME name=value...` (its settings). */
public final class OneNode {
    private static final String[] MODULES = {
        "org.opensearch.analysis.common.CommonAnalysisModulePlugin",
        "org.opensearch.painless.PainlessModulePlugin",
        "org.opensearch.index.reindex.ReindexModulePlugin",
        "org.opensearch.transport.Netty4ModulePlugin",
    };

    private OneNode() {}

    public static void main(String[] arguments) throws Exception {
        Path home = Path.of(arguments[0]);
        Settings.Builder settings = Settings.builder().put("path.home", home.toString());
        Map<String, String> given = new HashMap<>();
        for (int at = 1; at < arguments.length; at++) {
            String[] pair = arguments[at].split("=", 2);
            given.put(pair[0], pair[1]);
        }
        List<Class<? extends Plugin>> modules = new java.util.ArrayList<>();
        for (String name : MODULES) {
            modules.add(Class.forName(name).asSubclass(Plugin.class));
        }
        var environment = InternalSettingsPreparer.prepareEnvironment(
            settings.build(), given, home.resolve("config"), () -> given.get("node.name"));
        var node = new OpenSearchRunnerNode(environment, modules);
        CountDownLatch closed = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                node.close();
            } catch (Exception error) {
                error.printStackTrace();
            }
            closed.countDown();
        }));
        node.start();
        closed.await();
    }
}
