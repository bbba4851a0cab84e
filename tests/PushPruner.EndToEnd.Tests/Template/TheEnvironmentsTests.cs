using System.Text.RegularExpressions;

namespace PushPruner.EndToEnd.Tests.Template;

/// <summary>samconfig.toml: what <c>sam build</c> and <c>sam deploy --config-env</c> are told.</summary>
public sealed partial class TheEnvironmentsTests
{
    static readonly Dictionary<string, string> Sections = Section()
        .Matches(File.ReadAllText(Path.Combine(Path.GetDirectoryName(SamTemplate.Path)!, "samconfig.toml")))
        .ToDictionary(m => m.Groups["name"].Value, m => m.Groups["body"].Value);

    [Theory]
    [InlineData("dev")]
    [InlineData("stg")]
    [InlineData("prod")]
    public void Each_sets_parameters_that_there_are_to_values_that_pass(string environment)
    {
        var parameters = Override()
            .Matches(Sections[$"{environment}.deploy.parameters"])
            .ToDictionary(m => m.Groups["name"].Value, m => m.Groups["value"].Value);

        foreach (var (name, value) in parameters)
            TheParametersTests.Passes(name, value).ShouldBeTrue($"{name}={value}");

        // Said, so that leaving the dry run is a change of one word; and built for one architecture, so none may choose another.
        parameters.ShouldContainKey("DryRun");
        parameters.ShouldNotContainKey("Architecture");
    }

    [Theory]
    [InlineData("dev")]
    [InlineData("stg")]
    [InlineData("prod")]
    public void Each_has_a_stack_and_tags_of_its_own(string environment)
    {
        var section = Sections[$"{environment}.deploy.parameters"];

        section.ShouldContain($"stack_name = \"pushpruner-{environment}\"");
        section.ShouldContain($"\"environment={environment}\"");
        section.ShouldContain("capabilities = \"CAPABILITY_IAM\"");
    }

    [Fact]
    public void Only_prod_waits_for_a_person() =>
        Sections
            .Where(s => s.Value.Contains("confirm_changeset = true", StringComparison.Ordinal))
            .Select(s => s.Key)
            .ShouldBe(["prod.deploy.parameters"]);

    [Theory]
    [InlineData("default")]
    [InlineData("dev")]
    [InlineData("stg")]
    [InlineData("prod")]
    public void Every_build_is_in_the_source_s_place(string environment) =>
        Sections[$"{environment}.build.parameters"].ShouldContain("build_in_source = true");

    [GeneratedRegex(
        @"^\[(?<name>[a-z.]+)\]\n(?<body>(?:(?!\[[a-z.]+\]$).*\n?)*)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Section();

    [GeneratedRegex(@"^\s+""(?<name>\w+)=(?<value>[^""]*)"",$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Override();
}
