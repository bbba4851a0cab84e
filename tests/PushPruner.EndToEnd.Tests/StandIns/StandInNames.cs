using System.Reflection;
using System.Xml.Linq;

namespace PushPruner.EndToEnd.Tests.StandIns;

public class StandInNames
{
    public static TheoryData<string> All => [.. StandInProjects.Names];

    public static TheoryData<string> UsedHere => [.. StandInProjects.Names.Where(name => File.Exists(BesideTheTests(name)))];

    [Theory]
    [MemberData(nameof(All))]
    public void AreThoseOfTheirFolders(string name)
    {
        var project = XDocument.Load(Path.Combine(StandInProjects.Root, name, $"{name}.csproj"));

        project.Descendants("AssemblyName").ShouldBeEmpty();
        project.Descendants("RootNamespace").ShouldBeEmpty();
        File.Exists(Path.Combine(StandInProjects.Root, name, "README.md")).ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(UsedHere))]
    public void AndNamespacesAreThePackages(string name)
    {
        var assembly = Assembly.LoadFrom(BesideTheTests(name));

        assembly.GetName().Name.ShouldBe(name);
        assembly.GetExportedTypes().ShouldAllBe(type => type.Namespace!.StartsWith(NamespaceOf(name), StringComparison.Ordinal));
    }

    static string BesideTheTests(string name) => Path.Combine(AppContext.BaseDirectory, $"{name}.dll");

    static string NamespaceOf(string package) => package switch
    {
        "AWSSDK.ECR" => "Amazon.ECR",
        "AWSSDK.Lambda" => "Amazon.Lambda",
        "AWS.Lambda.Powertools.Logging" => "AWS.Lambda.Powertools",
        _ => package,
    };
}
