using PushPruner.EndToEnd.Tests.Published;

namespace PushPruner.EndToEnd.Tests.Template;

/// <summary>What sam build asks of the Makefile, and what that offers.</summary>
public sealed class TheMakefileTests
{
    [Fact]
    public async Task Has_a_target_for_each_function()
    {
        var targets = (await Make.RunAsync("help"))
            .Output.Split((char[])[' ', ':', '\n'])
            .Where(word => word.StartsWith("build-", StringComparison.Ordinal));

        targets.ShouldBe(new SamTemplate().Functions.Keys.Select(id => $"build-{id}"), ignoreOrder: true);
    }

    [Fact]
    public async Task Builds_for_the_template_s_default_architecture() =>
        (await Make.RunAsync("help")).Output.ShouldContain(
            $"ARCH is {SamTemplate.Parameters["Architecture"]["Default"]!.GetValue<string>()};");
}
