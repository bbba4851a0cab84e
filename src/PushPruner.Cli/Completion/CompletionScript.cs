namespace PushPruner.Cli.Completion;

/// <summary>
/// What shells take to complete a command line. Each asks the program itself, by the directive <c>[suggest]</c> of its parser.
/// </summary>
static class CompletionScript
{
    public static IReadOnlyDictionary<string, string> Of { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["bash"] = Bash,
        ["powershell"] = PowerShell,
        ["zsh"] = Zsh,
    };

    // Where nothing is suggested, files are.
    const string Bash = """
        _pushpruner() {
            local IFS=$'\n'
            COMPREPLY=($(compgen -W "$(pushpruner "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -o bashdefault -o default -F _pushpruner pushpruner

        """;

    const string Zsh = """
        #compdef pushpruner
        _pushpruner() {
            local -a found
            found=("${(@f)$(pushpruner "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)}")
            compadd -- "${found[@]}" || _files
        }
        compdef _pushpruner pushpruner

        """;

    const string PowerShell = """
        Register-ArgumentCompleter -Native -CommandName pushpruner -ScriptBlock {
            param($word, $ast, $position)
            pushpruner "[suggest:$position]" "$ast" 2>$null | Where-Object { $_ -like "$word*" } | ForEach-Object {
                [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
            }
        }

        """;
}
