using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

// Arguments: the folder of src/PushPruner, a folder of generated sources, the tests' output folder, how many at a time,
// the test program's filter, and the files to change.
var (source, generated, tests) = (args[0], args[1], args[2]);
var atATime = int.Parse(args[3]);
var filter = args[4].Split(' ', StringSplitOptions.RemoveEmptyEntries);
var files = args[5..];

var options = new CSharpParseOptions(LanguageVersion.CSharp14, DocumentationMode.None);
List<SyntaxTree> trees = [.. Sources(source).Concat(Sources(generated)).Select(Parse)];
var assemblies = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
var platform = assemblies.Split(Path.PathSeparator).Where(p => !p.Contains("CodeAnalysis"));
var references = platform.Concat(Directory.GetFiles(tests, "Microsoft.Extensions.*.dll")).DistinctBy(Path.GetFileName);
var product = CSharpCompilation.Create(
    "PushPruner",
    trees,
    references.Select(p => MetadataReference.CreateFromFile(p)),
    new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

var mutants = trees
    .Where(t => Array.Exists(files, f => t.FilePath == Path.Combine(source, f)))
    .SelectMany(t => t.GetRoot().DescendantNodes().SelectMany(Mutations.Of).Select(m => (Tree: t, m.Old, m.New, m.What)))
    .ToList();
var folders = new ConcurrentBag<string>(Enumerable.Range(1, atATime).Select(n => Copied(tests, $"{tests}-{n}")));
if (await TestAsync(product) is not Fate.Survived)
{
    Console.Error.WriteLine("The tests fail without a mutant.");
    return 1;
}

Console.WriteLine($"{mutants.Count} mutants");
var fates = new ConcurrentDictionary<Fate, int>();
await Parallel.ForEachAsync(mutants, new ParallelOptions { MaxDegreeOfParallelism = atATime }, async (mutant, _) =>
{
    var (tree, old, changed, what) = mutant;
    var mutated = tree.WithRootAndOptions(tree.GetRoot().ReplaceNode(old, changed), options);
    var fate = await TestAsync(product.ReplaceSyntaxTree(tree, mutated));
    fates.AddOrUpdate(fate, 1, (_, n) => n + 1);
    var line = tree.GetLineSpan(old.Span).StartLinePosition.Line + 1;
    if (fate is Fate.Survived or Fate.TimedOut)
        Console.WriteLine($"{fate}: {Path.GetRelativePath(source, tree.FilePath)}:{line} {what}");
});
Console.WriteLine(
    $"{Of(Fate.Killed)} killed, {Of(Fate.Survived)} survived, {Of(Fate.TimedOut)} timed out, {Of(Fate.Invalid)} don't compile.");
return 0;

int Of(Fate fate) => fates.GetValueOrDefault(fate);

SyntaxTree Parse(string path) => CSharpSyntaxTree.ParseText(SourceText.From(File.ReadAllText(path), Encoding.UTF8), options, path);

static IEnumerable<string> Sources(string folder) =>
    Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).Where(p => !p.Contains("/obj/"));

static string Copied(string from, string to)
{
    foreach (var path in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
    {
        var target = Path.Combine(to, Path.GetRelativePath(from, path));
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.Copy(path, target, overwrite: true);
    }

    return to;
}

async Task<Fate> TestAsync(CSharpCompilation compilation)
{
    folders.TryTake(out var folder);
    try
    {
        await using (var dll = File.Create(Path.Combine(folder!, "PushPruner.dll")))
        {
            if (!compilation.Emit(dll).Success)
                return Fate.Invalid;
        }

        var start = new ProcessStartInfo(Path.Combine(folder!, "PushPruner.Tests"), [.. filter, "-stoponfail", "-noColor"])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder,
        };
        using var process = Process.Start(start)!;
        var output = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            return Fate.TimedOut;
        }

        await output;
        return process.ExitCode == 0 ? Fate.Survived : Fate.Killed;
    }
    finally
    {
        folders.Add(folder!);
    }
}

enum Fate
{
    Killed,
    Survived,
    TimedOut,
    Invalid,
}
