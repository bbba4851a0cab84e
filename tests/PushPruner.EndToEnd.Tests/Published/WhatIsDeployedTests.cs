using System.Runtime.Versioning;
using System.Text;

namespace PushPruner.EndToEnd.Tests.Published;

[Collection(Publication.Name)]
public sealed class WhatIsDeployedTests(PublishedBootstrap bootstrap)
{
    const long MegaByte = 1_000_000;

    // Amazon Linux 2023 has glibc 2.34, for as long as there is provided.al2023.
    static readonly Version GlibcOfLambda = new(2, 34);

    [Fact]
    public void It_is_one_file() =>
        Directory.EnumerateFileSystemEntries(bootstrap.Folder).Select(Path.GetFileName).ShouldBe(["bootstrap"]);

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void It_may_be_executed_by_anybody() =>
        (File.GetUnixFileMode(bootstrap.File) & Execute).ShouldBe(Execute);

    [Fact]
    public void It_is_for_the_machine_that_was_asked_for() => ElfFile.Read(bootstrap.File).IsForX86_64.ShouldBeTrue();

    [Fact]
    public void It_has_at_most_16_megabytes() => new FileInfo(bootstrap.File).Length.ShouldBeLessThanOrEqualTo(16 * MegaByte);

    [Fact]
    public async Task It_says_which_packages_it_was_built_with()
    {
        var text = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(bootstrap.File, TestContext.Current.CancellationToken));

        text.ShouldMatch("PushPruner AwsPackages=(registry|standin)\n");
    }

    [Fact]
    public void It_needs_no_later_glibc_than_Lambda_has()
    {
        var versions = ElfFile.Read(bootstrap.File).NeededVersions()
            .Where(v => v.StartsWith("GLIBC_", StringComparison.Ordinal))
            .Select(v => Version.Parse(v["GLIBC_".Length..]))
            .ToList();

        versions.ShouldNotBeEmpty();
        versions.ShouldAllBe(v => v <= GlibcOfLambda);
    }

    static UnixFileMode Execute => UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
}
