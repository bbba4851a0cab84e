using System.Xml.Linq;
using PushPruner.Testing;

namespace PushPruner.EndToEnd.Tests.Supply;

/// <summary>THIRD-PARTY.txt, and what the lock files and the packages say. PUSHPRUNER_ACCEPT=1 writes it anew.</summary>
public sealed class ThirdPartyTests
{
    const string ListName = "THIRD-PARTY.txt";

    // May be shipped in a program of any licence.
    static readonly IReadOnlyList<string> Allowed = ["Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT"];

    static string ListPath => Path.Combine(Checkout.Root, ListName);

    static IReadOnlyDictionary<LockedPackage, string> Listed => File.ReadAllLines(ListPath)
        .Where(line => line.Length > 0 && line[0] is not '#' and not '+')
        .Select(line => line.Split(' '))
        .ToDictionary(line => new LockedPackage(line[0], line[1]), line => line[2]);

    // Of the other mode, which has no lock files.
    static IReadOnlyDictionary<LockedPackage, string> ListedOfRegistry => File.ReadAllLines(ListPath)
        .Where(line => line.StartsWith('+'))
        .Select(line => line.Split(' '))
        .ToDictionary(line => new LockedPackage(line[1], line[2]), line => line[3]);

    // Testcontainers.DynamoDb is used by tests alone.
    static IEnumerable<LockedPackage> StoodIn =>
        XDocument
            .Load(Path.Combine(Checkout.Root, "Directory.Packages.props"))
            .Descendants("PackageVersion")
            .Select(package => new LockedPackage(package.Attribute("Include")!.Value, package.Attribute("Version")!.Value))
            .Where(package =>
                Directory.Exists(Path.Combine(Checkout.Root, "src", "StandIns", package.Name))
                && package.Name != "Testcontainers.DynamoDb");

    [Fact]
    public void Every_package_of_the_lock_files_is_listed_and_no_other()
    {
        if (Environment.GetEnvironmentVariable("PUSHPRUNER_ACCEPT") == "1")
        {
            File.WriteAllLines(ListPath, File.ReadLines(ListPath).TakeWhile(line => line.StartsWith('#'))
                .Concat(LockedPackage.All.Select(p => $"{p.Name} {p.Version} {p.License ?? Listed[p]}"))
                .Concat(File.ReadLines(ListPath).SkipWhile(line => line.Length > 0))
                .ToList());
        }

        LockedPackage.All.Count.ShouldBeGreaterThan(20);
        Listed.Keys.ShouldBe(LockedPackage.All, ignoreOrder: true, $"PUSHPRUNER_ACCEPT=1 writes {ListName} anew");
    }

    [Fact]
    public void Every_package_that_a_stand_in_replaces_is_listed_and_no_other() =>
        ListedOfRegistry.Keys.ShouldBe(StoodIn, ignoreOrder: true);

    [Fact]
    public void Each_has_a_licence_that_is_allowed() =>
        Listed.Concat(ListedOfRegistry).Where(package => !Allowed.Contains(package.Value)).ShouldBeEmpty();

    [Fact]
    public void Each_licence_is_what_the_package_says()
    {
        var here = Listed.Where(listed => listed.Key.License is not null).ToList();

        here.Count.ShouldBeGreaterThan(10, "or this machine didn't build what it tests");
        here.ShouldAllBe(listed => listed.Key.License == listed.Value);
    }
}
