using System.Text.Json.Nodes;
using PushPruner.Testing.Programs;

namespace PushPruner.EndToEnd.Tests.Template;

/// <summary>SAM's own translator, where Python has it.</summary>
static class SamTranslator
{
    const string WhyNone = "python3 has no aws-sam-translator: pip install aws-sam-translator";

    /// <summary>What CloudFormation would be given; skips the test where there is no translator.</summary>
    public static async Task<JsonNode> TranslateAsync()
    {
        var looked = await Command.RunAsync("python3", ["-c", "import samtranslator"]);
        Assert.SkipUnless(looked is { ExitCode: 0 }, WhyNone);

        var script = Path.Combine(Path.GetDirectoryName(SamTemplate.Path)!, "translate.py");
        var translated = await Command.RunAsync("python3", [script, SamTemplate.Path]);
        translated!.ExitCode.ShouldBe(0, translated.Error);
        return JsonNode.Parse(translated.Output)!;
    }
}
