using System.Text.Json.Nodes;
using System.Xml.Linq;
using PushPruner.Testing;

namespace PushPruner.EndToEnd.Tests.Supply;

/// <summary>A package in a lock file of what is shipped.</summary>
sealed record LockedPackage(string Name, string Version)
{
    static readonly string Folder = Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } folder
        ? folder
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    /// <summary>What the package says itself; null where it isn't on this machine, or gives no licence by name.</summary>
    public string? License
    {
        get
        {
            var (id, version) = (Name.ToLowerInvariant(), Version.ToLowerInvariant());
            var nuspec = Path.Combine(Folder, id, version, $"{id}.nuspec");
            return File.Exists(nuspec)
                ? XDocument
                    .Load(nuspec)
                    .Descendants()
                    .FirstOrDefault(e => e.Name.LocalName == "license" && e.Attribute("type")?.Value == "expression")
                    ?.Value
                : null;
        }
    }

    /// <summary>Of all the programs and libraries, for every architecture, what they are built with included.</summary>
    public static IReadOnlyList<LockedPackage> All => [.. Directory.EnumerateDirectories(Path.Combine(Checkout.Root, "src"), "PushPruner*")
        .SelectMany(project => Directory.EnumerateFiles(project, "packages*.lock.json"))
        .SelectMany(Of)
        .Distinct()
        .OrderBy(package => package.Name, StringComparer.OrdinalIgnoreCase)
        .ThenBy(package => package.Version, StringComparer.Ordinal)];

    public static IEnumerable<LockedPackage> Of(string lockFile) =>
        from framework in JsonNode.Parse(File.ReadAllText(lockFile))!["dependencies"]!.AsObject()
        from package in framework.Value!.AsObject()
        where package.Value!["type"]!.GetValue<string>() != "Project"
        select new LockedPackage(package.Key, package.Value["resolved"]!.GetValue<string>());
}
