using System.Runtime.CompilerServices;
using System.Text;

namespace PushPruner.EndToEnd.Tests.StandIns;

/// <summary>
/// Keeps the stand-ins honest: the committed list is all that the project takes from the packages that they stand in for.
/// Whoever changes it has to look into the real package first, for nothing here can.
/// </summary>
public class StandInMembers
{
    [Fact]
    public void AreThoseOfTheCommittedList()
    {
        var used = Used();
        if (Environment.GetEnvironmentVariable("PUSHPRUNER_ACCEPT") is "1")
        {
            File.WriteAllText(Path.Combine(Path.GetDirectoryName(ThisFile())!, "stand-in-members.txt"), used);
            return;
        }

        var committed = Committed();
        if (!string.Equals(used, committed, StringComparison.Ordinal))
        {
            Assert.Fail($"""
                What the project takes from the stood-in packages has changed:

                {Difference(committed, used)}

                Compare new lines with the real package. If they are right there too, run this test with PUSHPRUNER_ACCEPT=1:
                it rewrites stand-in-members.txt.
                """);
        }
    }

    static string Used()
    {
        var lines = Assemblies()
            .SelectMany(MemberReferences.Of)
            .Where(reference => StandInProjects.Names.Contains(reference.Assembly, StringComparer.Ordinal))
            .Distinct()
            .OrderBy(reference => reference.Assembly, StringComparer.Ordinal)
            .ThenBy(reference => reference.Line, StringComparer.Ordinal)
            .GroupBy(reference => reference.Assembly, reference => reference.Line, StringComparer.Ordinal);

        var text = new StringBuilder();
        foreach (var package in lines)
        {
            text.Append(package.Key).Append('\n');
            foreach (var line in package)
            {
                text.Append("  ").Append(line).Append('\n');
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    // One of them is named pushpruner.dll, and not every file system takes that for the same pattern.
    static IEnumerable<string> Assemblies() => Directory.GetFiles(AppContext.BaseDirectory, "*.dll")
        .Where(path => Path.GetFileName(path).StartsWith("pushpruner", StringComparison.OrdinalIgnoreCase));

    static string Committed()
    {
        using var stream = typeof(StandInMembers).Assembly.GetManifestResourceStream("stand-in-members.txt")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    static string Difference(string committed, string used)
    {
        var (before, after) = (Lines(committed), Lines(used));
        return string.Join('\n', [
            .. before.Except(after, StringComparer.Ordinal).Select(line => $"- {line}"),
            .. after.Except(before, StringComparer.Ordinal).Select(line => $"+ {line}"),
        ]);
    }

    static List<string> Lines(string text)
    {
        var lines = new List<string>();
        var package = "";
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.StartsWith(' '))
            {
                lines.Add($"[{package}] {line.Trim()}");
            }
            else
            {
                package = line;
            }
        }

        return lines;
    }

    static string ThisFile([CallerFilePath] string path = "") => path;
}
