# What follows is the same in every script. It changes nothing by itself: each order below calls Invoke-Order once.

function ConvertFrom-OrderText {
    param([Parameter(Mandatory = $true)] [string] $Base64)
    [Text.Encoding]::UTF8.GetString([Convert]::FromBase64String($Base64))
}

function ConvertTo-OrderTime {
    param([Parameter(Mandatory = $true)] [string] $Text)
    $style = [Globalization.DateTimeStyles]::AdjustToUniversal
    [DateTime]::Parse($Text, [Globalization.CultureInfo]::InvariantCulture, $style)
}

# One line of the result file that `countersign results` reads back.
function Write-OrderResult {
    param([string] $Order, [string] $State, [string] $Detail)
    $line = [ordered]@{
        format = 'countersign-result/1'
        order = $Order
        state = $State
        at = [DateTime]::UtcNow.ToString('yyyy-MM-ddTHH:mm:ssZ', [Globalization.CultureInfo]::InvariantCulture)
        detail = $Detail
    }
    Add-Content -LiteralPath $ResultPath -Encoding UTF8 -Value (ConvertTo-Json -InputObject $line -Compress)
    Write-Host ($Order + '  ' + $State + '  ' + $Detail)
}

function Test-OrderDone {
    param([hashtable] $Step)
    if ($Step.Done -eq 'never') { return $false }
    $found = @(& $Step.Look | Where-Object { $null -ne $_ }).Count -gt 0
    if ($Step.Done -eq 'present') { return $found }
    return -not $found
}

# Carries out the steps of one order and writes one result. A step that has nothing left to do is told apart from one that
# was done; one that the service takes only for later leaves the order running, never succeeded.
function Invoke-Order {
    [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'High')]
    param([string] $Id, [string] $What, [string[]] $Target, [string] $Approver, [DateTime] $Until, [hashtable[]] $Steps)
    if ($Only -and ($Only -notcontains $Id)) { return }
    if ([DateTime]::UtcNow -gt $Until) {
        Write-Warning ($Id + ': no longer valid, nothing was done')
        return
    }
    $Script:CurrentOrder = $Id
    $Script:CurrentApprover = $Approver
    $did = 0
    $already = 0
    $later = 0
    try {
        foreach ($step in $Steps) {
            if (Test-OrderDone -Step $step) {
                $already = $already + 1
                continue
            }
            if (-not $PSCmdlet.ShouldProcess(($Id + ': ' + ($Target -join ' ; ')), $What)) { return }
            & $step.Work | Out-Null
            if ($step.Later) {
                $later = $later + 1
            } elseif (($step.Done -eq 'never') -or (Test-OrderDone -Step $step)) {
                $did = $did + 1
            } else {
                throw 'it was asked for, and is not there yet: look again later'
            }
        }
    } catch {
        Write-OrderResult -Order $Id -State 'failed' -Detail $_.Exception.Message
        return
    }
    $detail = '' + $did + ' done, ' + $already + ' already so, ' + $later + ' taken for later'
    if ($WhatIfPreference) {
        Write-Host ($Id + '  ' + $detail)
    } elseif ($later -gt 0) {
        Write-OrderResult -Order $Id -State 'running' -Detail $detail
    } elseif ($did -gt 0) {
        Write-OrderResult -Order $Id -State 'succeeded' -Detail $detail
    } else {
        Write-OrderResult -Order $Id -State 'already gone' -Detail $detail
    }
}

# The rule of exactly this name, where it is on or off as asked; names are compared whole, letter by letter.
function Get-OrderInboxRule {
    param([string] $Mailbox, [string] $Name, [bool] $Enabled)
    Get-InboxRule -Mailbox $Mailbox | Where-Object { ($_.Name -ceq $Name) -and ($_.Enabled -eq $Enabled) }
}

# The forwarding of a mailbox, if there is one; stops where it is not the one that was approved.
function Get-OrderForwarding {
    param([string] $Mailbox, [string] $Approved)
    $found = Get-Mailbox -Identity $Mailbox
    $now = '' + $found.ForwardingSmtpAddress
    if ($now -like 'smtp:*') { $now = $now.Substring(5) }
    if (-not $now -and $found.ForwardingAddress) {
        $now = '' + (Get-Recipient -Identity $found.ForwardingAddress).PrimarySmtpAddress
    }
    if (-not $now) { return }
    if ($now -ne $Approved) { throw ('the mailbox forwards to ' + $now + ' now, which was not approved') }
    $found
}

function Get-OrderFullAccess {
    param([string] $Mailbox, [string] $Delegate)
    Get-MailboxPermission -Identity $Mailbox -User $Delegate |
        Where-Object { (-not $_.IsInherited) -and (-not $_.Deny) -and ($_.AccessRights -contains 'FullAccess') }
}

function Get-OrderSendOnBehalf {
    param([string] $Mailbox, [string] $Delegate)
    $wanted = (Get-Recipient -Identity $Delegate).Name
    (Get-Mailbox -Identity $Mailbox).GrantSendOnBehalfTo | Where-Object { ('' + $_) -eq $wanted }
}

function Get-OrderAccount {
    param([string] $UserId, [bool] $Enabled)
    Get-MgUser -UserId $UserId -Property 'id,accountEnabled' | Where-Object { $_.AccountEnabled -eq $Enabled }
}

# Finds the copies of the approved messages by their network message ids, stops where there are more than was approved, and asks
# the service to remediate exactly these. It answers before it has done so.
function Invoke-OrderRemediation {
    param([string] $Action, [long] $AtMost, [string] $Query)
    $asked = ConvertTo-Json -InputObject @{ Query = $Query } -Compress
    $answer = Invoke-MgGraphRequest -Method POST -Uri 'https://graph.microsoft.com/v1.0/security/runHuntingQuery' -Body $asked -ContentType 'application/json'
    $ids = @($answer.results | ForEach-Object { $_.ReportId } | Where-Object { $_ } | Sort-Object -Unique)
    if ($ids.Count -eq 0) { throw 'no message was found by these ids' }
    if ($ids.Count -gt $AtMost) { throw ('found ' + $ids.Count + ' messages, and ' + $AtMost + ' were approved at most') }
    $body = @{
        displayName = $Script:CurrentOrder
        description = 'Countersign work order ' + $Script:CurrentOrder
        severity = 'medium'
        action = $Action
        approverUpn = $Script:CurrentApprover
        remediateSendersCopy = $false
        analyzedEmails = @($ids | ForEach-Object { @{ id = $_ } })
    }
    $body = ConvertTo-Json -InputObject $body -Depth 4 -Compress
    Invoke-MgGraphRequest -Method POST -Uri 'https://graph.microsoft.com/beta/security/collaboration/analyzedEmails/remediate' -Body $body -ContentType 'application/json'
}
