using System.Reflection;
using System.Runtime.CompilerServices;

namespace PushPruner.EndToEnd.Tests.StandIns;

/// <summary>The stand-ins, by the only list there is of them: the folders under src/StandIns.</summary>
static class StandInProjects
{
    internal static string Root { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "../../../src/StandIns"));

    internal static IReadOnlyList<string> Names { get; } =
        [.. Directory.GetDirectories(Root).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal)];

    /// <summary>Whether this type comes from a stand-in and not from the package itself.</summary>
    internal static bool IsLoaded(Type type) =>
        type.Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Any(data => data.Key == "StandIn");

    static string ThisFile([CallerFilePath] string path = "") => path;
}
