using System.Runtime.CompilerServices;

namespace PushPruner.Tests.Model;

public class TheModelDocumentTests
{
    [Fact]
    public void Says_what_the_models_say()
    {
        var path = Path.Combine(Path.GetDirectoryName(ThisFile())!, "../../../docs/model.md");
        var text = ModelDocument.Write();
        if (Environment.GetEnvironmentVariable("PUSHPRUNER_ACCEPT") is "1")
        {
            File.WriteAllText(path, text);
            return;
        }

        File.ReadAllText(path)
            .ReplaceLineEndings("\n")
            .ShouldBe(text, "A model has changed. If it is meant to, run this test with PUSHPRUNER_ACCEPT=1: it rewrites docs/model.md.");
    }

    static string ThisFile([CallerFilePath] string path = "") => path;
}
