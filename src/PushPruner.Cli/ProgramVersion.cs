using System.Reflection;

namespace PushPruner.Cli;

/// <summary>The version of the program, as the build was told.</summary>
static class ProgramVersion
{
    static readonly string All =
        typeof(ProgramVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0";

    /// <summary>Without the commit, which <c>--version</c> has.</summary>
    public static string Number { get; } = All.Split('+')[0];
}
